-- SPDX-License-Identifier: EPL-2.0
-- One text for SQLite and PostgreSQL. Times are milliseconds since 1970 (BIGINT), truth values 0
-- or 1 (INTEGER), identifiers canonical TEXT. BYTEA columns named "sealed_..." hold what
-- SecretSealer made of "<table>.<column>/<primary key>".

CREATE TABLE setting (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

-- A node with a subscription. Its Kpm stands in credential, under identity = kpm_id.
CREATE TABLE enrolee (
  kpm_id             TEXT   NOT NULL PRIMARY KEY,
  kpm_fingerprint    TEXT   NOT NULL,
  kpm_expires_at     BIGINT NOT NULL,             -- ends bootstrapping alone
  node_id            TEXT   NOT NULL UNIQUE,
  csi                TEXT   NOT NULL UNIQUE,      -- SP-relative, with its slash
  path               TEXT   NOT NULL CHECK (path IN ('maf', 'direct')),
  enrolment_lifetime BIGINT NOT NULL,             -- of a Ke, in milliseconds
  revoked_at         BIGINT,                      -- none: it may enrol
  revoked_reason     TEXT,
  created_at         BIGINT NOT NULL,
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);

-- Every PSK identity that may open or ever opened a handshake, of all functions and kinds. A row is
-- never deleted: status 'removed' with no key is the tombstone that keeps an identity from being
-- used again.
CREATE TABLE credential (
  identity   TEXT   NOT NULL PRIMARY KEY,         -- psk_identity, as KeyIdentifier prints it
  kind       TEXT   NOT NULL CHECK (kind IN ('kpm', 'ke', 'km', 'kc')),
  role       TEXT   NOT NULL CHECK (role IN ('mef', 'maf', 'cse')),
  client     TEXT   NOT NULL,                     -- absolute id of the entity that holds it
  parent     TEXT   NOT NULL,                     -- what it came from, itself for a root
  generation TEXT   NOT NULL,                     -- (client, adminFQDN, usage, target), one text
  status     TEXT   NOT NULL
             CHECK (status IN ('pending', 'current', 'superseded', 'revoked', 'removed')),
  sealed_key BYTEA,                               -- none where its registration has it, or it ended
  expires_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  CHECK (sealed_key IS NULL OR status NOT IN ('revoked', 'removed'))
);
CREATE INDEX credential_parent ON credential (parent);
CREATE INDEX credential_generation ON credential (generation);
CREATE INDEX credential_client ON credential (client);
CREATE INDEX credential_expires_at ON credential (expires_at) WHERE status <> 'removed';

-- mefClientReg and mafClientReg
CREATE TABLE client_registration (
  function    TEXT   NOT NULL CHECK (function IN ('mef', 'maf')),
  ri          TEXT   NOT NULL,
  client      TEXT   NOT NULL,
  admin_fqdn  TEXT   NOT NULL,
  labels      TEXT   NOT NULL,                    -- joined by spaces
  expires_at  BIGINT NOT NULL,
  created_at  BIGINT NOT NULL,
  modified_at BIGINT NOT NULL,
  PRIMARY KEY (function, ri),
  UNIQUE (function, client, admin_fqdn)
);
CREATE INDEX client_registration_client ON client_registration (client);
CREATE INDEX client_registration_expires_at ON client_registration (function, expires_at);

-- symmKeyReg. A row is never deleted, for a RelativeKeyID is never used again. One that opens
-- sessions has a row in credential with the same identity, end and fate.
CREATE TABLE key_registration (
  identity    TEXT    NOT NULL PRIMARY KEY,       -- RelativeKeyID@FQDN
  issuer      TEXT    NOT NULL,                   -- that FQDN, the function that holds the key
  client      TEXT    NOT NULL,
  admin_fqdn  TEXT    NOT NULL,
  suid        INTEGER NOT NULL,
  target_ids  TEXT    NOT NULL,                   -- joined by spaces
  labels      TEXT    NOT NULL,                   -- joined by spaces
  parent      TEXT    NOT NULL,                   -- the credential whose session registered it
  sealed_key  BYTEA,                              -- none for a tombstone
  removed     INTEGER NOT NULL CHECK (removed IN (0, 1)),
  expires_at  BIGINT  NOT NULL,
  created_at  BIGINT  NOT NULL,
  modified_at BIGINT  NOT NULL,
  CHECK ((sealed_key IS NULL) = (removed = 1))
);
-- With the end in it, so that counting what lives of one client never looks at all that live.
CREATE INDEX key_registration_client ON key_registration (client, issuer, expires_at);
CREATE INDEX key_registration_expires_at ON key_registration (issuer, expires_at)
  WHERE removed = 0;

-- The CSE's tree. Deleting a resource deletes what stands below it.
CREATE TABLE resource (
  ri           TEXT    NOT NULL PRIMARY KEY,
  ty           INTEGER NOT NULL,
  rn           TEXT    NOT NULL,
  pi           TEXT    REFERENCES resource (ri) ON DELETE CASCADE, -- none for the CSEBase
  path         TEXT    NOT NULL UNIQUE,           -- names from the CSEBase's on, joined by slashes
  creator      TEXT    NOT NULL,                  -- SP-relative id, empty for the CSEBase
  owner_csi    TEXT    NOT NULL,                  -- the registered CSE in whose subtree it stands, or empty
  state_tag    BIGINT  NOT NULL,
  attributes   BYTEA   NOT NULL,                  -- CBOR: what has no column
  content_size BIGINT  NOT NULL,                  -- octets of con, 0 where there is none
  seq          BIGINT  NOT NULL,                  -- order of creation below one parent within a type
  expires_at   BIGINT  NOT NULL,
  created_at   BIGINT  NOT NULL,
  modified_at  BIGINT  NOT NULL
);
CREATE INDEX resource_children ON resource (pi, ty, seq);
CREATE INDEX resource_expired_children ON resource (pi, expires_at);
CREATE INDEX resource_expires_at ON resource (expires_at);
CREATE INDEX resource_owner_csi ON resource (owner_csi, ty);

CREATE TABLE repeated_request (
  client        TEXT   NOT NULL,
  rqi           TEXT   NOT NULL,
  digest        TEXT   NOT NULL,                  -- SHA-256 of operation, target and content, hex
  sealed_answer BYTEA  NOT NULL,
  created_at    BIGINT NOT NULL,
  PRIMARY KEY (client, rqi, digest)
);
CREATE INDEX repeated_request_created_at ON repeated_request (created_at);

CREATE TABLE audit (
  seq      BIGINT NOT NULL PRIMARY KEY,           -- 1, 2, 3, ... without gaps
  at       BIGINT NOT NULL,
  actor    TEXT   NOT NULL,
  action   TEXT   NOT NULL,
  subject  TEXT   NOT NULL,
  detail   TEXT   NOT NULL,                       -- JSON object of texts
  previous TEXT   NOT NULL,                       -- hash of the entry before, empty for the first
  hash     TEXT   NOT NULL
);
