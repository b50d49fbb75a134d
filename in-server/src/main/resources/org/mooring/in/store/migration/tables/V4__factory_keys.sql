-- SPDX-License-Identifier: EPL-2.0
-- A node may come from the factory with a Km or a Kpsa instead of a Kpm.

ALTER TABLE enrolee RENAME COLUMN kpm_id TO id;
ALTER TABLE enrolee RENAME COLUMN kpm_fingerprint TO fingerprint;
ALTER TABLE enrolee RENAME COLUMN kpm_expires_at TO credential_expires_at;
ALTER TABLE enrolee ADD COLUMN factory_key TEXT NOT NULL DEFAULT 'kpm';

-- The same table, whose kinds are no longer listed: the program knows them, and SQLite changes a
-- CHECK by copying all rows.
DROP INDEX credential_client;
DROP INDEX credential_expires_at;
ALTER TABLE credential RENAME TO earlier_credential;

CREATE TABLE credential (
  identity    TEXT    NOT NULL PRIMARY KEY,       -- as KeyIdentifier prints it
  client      TEXT    NOT NULL,                   -- absolute id of the entity that holds it
  parent      TEXT    NOT NULL,                   -- the credential in whose session it was made,
                                                  -- itself for one from the factory
  live        INTEGER NOT NULL CHECK (live IN (0, 1)),
  sealed_key  BYTEA,                              -- none once it was revoked or removed
  expires_at  BIGINT  NOT NULL,
  created_at  BIGINT  NOT NULL,
  -- The credential; none for a key that opens no sessions.
  kind        TEXT,                               -- kpm, ke, km, kpsa or kc
  role        TEXT    CHECK (role IN ('mef', 'maf', 'cse')),
  generation  TEXT,                               -- (client, adminFQDN, usage, target), one text
  status      TEXT
              CHECK (status IN ('pending', 'current', 'superseded', 'revoked', 'removed')),
  -- The symmKeyReg; none for a key from the factory and for a Km.
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

INSERT INTO credential SELECT * FROM earlier_credential ORDER BY created_at;

DROP TABLE earlier_credential;
CREATE INDEX credential_client ON credential (client) WHERE live = 1;
CREATE INDEX credential_expires_at ON credential (expires_at) WHERE live = 1;
