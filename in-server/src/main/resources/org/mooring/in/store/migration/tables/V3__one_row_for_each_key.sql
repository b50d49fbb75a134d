-- SPDX-License-Identifier: EPL-2.0
-- A key that was registered and opens sessions stood in two tables with the same identity, end and
-- fate; eight entries in trees for one fact. Now each symmetric key has one row.

DROP INDEX credential_client;
DROP INDEX credential_expires_at;
DROP INDEX key_registration_client;
DROP INDEX key_registration_expires_at;
ALTER TABLE credential RENAME TO earlier_credential;

-- Every symmetric key that the server holds or ever held, under its psk_identity. A row is never
-- deleted: one that is no longer live is the tombstone that keeps an identity from being used
-- again. "sealed_key" is sealed as credential.sealed_key, or as key_registration.sealed_key where
-- the row has a registration.
CREATE TABLE credential (
  identity    TEXT    NOT NULL PRIMARY KEY,       -- as KeyIdentifier prints it
  client      TEXT    NOT NULL,                   -- absolute id of the entity that holds it
  parent      TEXT    NOT NULL,                   -- the credential in whose session it was made,
                                                  -- itself for a root
  live        INTEGER NOT NULL CHECK (live IN (0, 1)),
  sealed_key  BYTEA,                              -- none once it was revoked or removed
  expires_at  BIGINT  NOT NULL,
  created_at  BIGINT  NOT NULL,
  -- The credential; none for a key that opens no sessions.
  kind        TEXT    CHECK (kind IN ('kpm', 'ke', 'km', 'kc')),
  role        TEXT    CHECK (role IN ('mef', 'maf', 'cse')),
  generation  TEXT,                               -- (client, adminFQDN, usage, target), one text
  status      TEXT
              CHECK (status IN ('pending', 'current', 'superseded', 'revoked', 'removed')),
  -- The symmKeyReg; none for Kpm and Km.
  issuer      TEXT,                               -- the function that holds it
  admin_fqdn  TEXT,
  suid        INTEGER,
  target_ids  TEXT,                               -- joined by spaces
  labels      TEXT,                               -- joined by spaces
  removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
  modified_at BIGINT,
  CHECK ((kind IS NULL) = (role IS NULL)),
  CHECK ((kind IS NULL) = (generation IS NULL)),
  CHECK ((kind IS NULL) = (status IS NULL)),
  CHECK (suid IS NULL OR (sealed_key IS NULL) = (removed = 1)),
  CHECK (sealed_key IS NULL OR status IS NULL OR status NOT IN ('revoked', 'removed'))
);

INSERT INTO credential (identity, client, parent, live, sealed_key, expires_at, created_at,
  kind, role, generation, status,
  issuer, admin_fqdn, suid, target_ids, labels, removed, modified_at)
SELECT c.identity, c.client, c.parent, CASE WHEN c.status = 'removed' THEN 0 ELSE 1 END,
  COALESCE(c.sealed_key, k.sealed_key), c.expires_at, c.created_at,
  c.kind, c.role, c.generation, c.status,
  k.issuer, k.admin_fqdn, k.suid, k.target_ids, k.labels, COALESCE(k.removed, 0), k.modified_at
FROM earlier_credential c LEFT JOIN key_registration k ON k.identity = c.identity
ORDER BY c.created_at;

INSERT INTO credential (identity, client, parent, live, sealed_key, expires_at, created_at,
  issuer, admin_fqdn, suid, target_ids, labels, removed, modified_at)
SELECT identity, client, parent, 1 - removed, sealed_key, expires_at, created_at,
  issuer, admin_fqdn, suid, target_ids, labels, removed, modified_at
FROM key_registration k
WHERE NOT EXISTS (SELECT 1 FROM earlier_credential c WHERE c.identity = k.identity)
ORDER BY created_at;

DROP TABLE earlier_credential;
DROP TABLE key_registration;
CREATE INDEX credential_client ON credential (client) WHERE live = 1;
CREATE INDEX credential_expires_at ON credential (expires_at) WHERE live = 1;
