-- SPDX-License-Identifier: EPL-2.0
-- The application registry. No row is ever deleted, so that no App-ID, token id or KaId is used
-- again for something else.

CREATE TABLE application (
  app_id         TEXT   NOT NULL PRIMARY KEY,
  revoked_at     BIGINT,                          -- none: its instances may come
  revoked_reason TEXT,
  created_at     BIGINT NOT NULL,
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL))
);

-- What signs tokens, or signed them.
CREATE TABLE app_signing_key (
  kid                TEXT   NOT NULL PRIMARY KEY, -- thumbprint (RFC 7638)
  public_key         BYTEA  NOT NULL,             -- SubjectPublicKeyInfo
  sealed_private_key BYTEA,                       -- PKCS#8; none once another one signs
  created_at         BIGINT NOT NULL,
  verifies_until     BIGINT NOT NULL,             -- never while it signs
  CHECK ((sealed_private_key IS NULL) = (verifies_until < 253402300799000))
);
CREATE INDEX app_signing_key_verifies_until ON app_signing_key (verifies_until);
CREATE UNIQUE INDEX app_signing_key_signs ON app_signing_key (verifies_until)
  WHERE verifies_until = 253402300799000;

CREATE TABLE app_token (
  token_id               TEXT   NOT NULL PRIMARY KEY,
  app_id                 TEXT   NOT NULL REFERENCES application (app_id),
  sealed_secret          BYTEA,                   -- none once it was revoked
  fingerprint            TEXT   NOT NULL,
  valid_from             BIGINT NOT NULL,
  expires_at             BIGINT NOT NULL,
  nodes                  TEXT   NOT NULL,         -- CSE-IDs and node ids, joined by spaces
  roles                  TEXT   NOT NULL,         -- Role-IDs, joined by spaces
  access_policy          TEXT   NOT NULL,         -- address of a policy, or empty
  max_instances          BIGINT NOT NULL,
  max_instances_per_node BIGINT NOT NULL,
  instances              BIGINT NOT NULL,         -- that live
  kid                    TEXT   NOT NULL REFERENCES app_signing_key (kid),
  revoked_at             BIGINT,                  -- none: it lets instances in
  revoked_reason         TEXT,
  created_at             BIGINT NOT NULL,
  CHECK (nodes <> ''),
  CHECK (instances >= 0),
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
  CHECK ((revoked_at IS NULL) = (sealed_secret IS NOT NULL))
);
CREATE INDEX app_token_app_id ON app_token (app_id, created_at);
CREATE INDEX app_token_kid ON app_token (kid, expires_at);

CREATE TABLE app_instance (
  app_id      TEXT   NOT NULL REFERENCES application (app_id),
  instance_id TEXT   NOT NULL,                    -- App-Inst-ID
  client      TEXT   NOT NULL,                    -- absolute id of the node that runs it
  token_id    TEXT   NOT NULL REFERENCES app_token (token_id), -- that let it in last
  ae_id       TEXT,                               -- none: it registered as nothing yet
  ka_id       TEXT,                               -- its last key, none: it got none yet
  state       TEXT   NOT NULL CHECK (state IN ('active', 'ended', 'revoked')),
  since       BIGINT NOT NULL,
  PRIMARY KEY (app_id, instance_id, client)
);
CREATE INDEX app_instance_state ON app_instance (app_id, state);
CREATE INDEX app_instance_client ON app_instance (client, instance_id);
CREATE INDEX app_instance_token_id ON app_instance (token_id, state, client);

-- Every key that an instance was ever given: they are revoked together.
CREATE TABLE app_key (
  ka_id       TEXT NOT NULL PRIMARY KEY,
  app_id      TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  client      TEXT NOT NULL,
  token_id    TEXT NOT NULL,                      -- that the instance was let in by then
  FOREIGN KEY (app_id, instance_id, client)
    REFERENCES app_instance (app_id, instance_id, client)
);
CREATE INDEX app_key_instance ON app_key (app_id, instance_id, client);
CREATE INDEX app_key_token_id ON app_key (token_id);
CREATE INDEX app_key_client ON app_key (client);
