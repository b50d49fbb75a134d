-- SPDX-License-Identifier: EPL-2.0
-- How many instances live under a token follows from their keys: app_token counted them a second
-- time, and went on counting those whose keys had ended. What an instance registers as follows from
-- its node and its App-Inst-ID.

DROP INDEX app_token_app_id;
DROP INDEX app_token_kid;
DROP INDEX app_instance_state;
DROP INDEX app_instance_client;
DROP INDEX app_instance_token_id;
DROP INDEX app_key_instance;
DROP INDEX app_key_token_id;
DROP INDEX app_key_client;
ALTER TABLE app_key RENAME TO earlier_app_key;
ALTER TABLE app_instance RENAME TO earlier_app_instance;
ALTER TABLE app_token RENAME TO earlier_app_token;

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
  kid                    TEXT   NOT NULL REFERENCES app_signing_key (kid),
  revoked_at             BIGINT,                  -- none: it lets instances in
  revoked_reason         TEXT,
  created_at             BIGINT NOT NULL,
  CHECK (nodes <> ''),
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
  CHECK ((revoked_at IS NULL) = (sealed_secret IS NOT NULL))
);

CREATE TABLE app_instance (
  app_id      TEXT   NOT NULL REFERENCES application (app_id),
  instance_id TEXT   NOT NULL,                    -- App-Inst-ID
  client      TEXT   NOT NULL,                    -- absolute id of the node that runs it
  token_id    TEXT   NOT NULL REFERENCES app_token (token_id), -- that let it in last
  ka_id       TEXT,                               -- its last key, none: it got none yet
  -- An active one lives as long as its last key, where credential has that.
  state       TEXT   NOT NULL CHECK (state IN ('active', 'ended', 'revoked')),
  since       BIGINT NOT NULL,
  PRIMARY KEY (app_id, instance_id, client)
);

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

INSERT INTO app_token (token_id, app_id, sealed_secret, fingerprint, valid_from, expires_at, nodes,
  roles, access_policy, max_instances, max_instances_per_node, kid, revoked_at, revoked_reason,
  created_at)
SELECT token_id, app_id, sealed_secret, fingerprint, valid_from, expires_at, nodes,
  roles, access_policy, max_instances, max_instances_per_node, kid, revoked_at, revoked_reason,
  created_at
FROM earlier_app_token;
INSERT INTO app_instance (app_id, instance_id, client, token_id, ka_id, state, since)
SELECT app_id, instance_id, client, token_id, ka_id, state, since FROM earlier_app_instance;
INSERT INTO app_key (ka_id, app_id, instance_id, client, token_id)
SELECT ka_id, app_id, instance_id, client, token_id FROM earlier_app_key;

DROP TABLE earlier_app_key;
DROP TABLE earlier_app_instance;
DROP TABLE earlier_app_token;

CREATE INDEX app_token_app_id ON app_token (app_id, created_at);
CREATE INDEX app_token_kid ON app_token (kid, expires_at);
CREATE INDEX app_instance_state ON app_instance (app_id, state);
CREATE INDEX app_instance_client ON app_instance (client, instance_id);
CREATE INDEX app_instance_token_id ON app_instance (token_id, state, client);
CREATE INDEX app_key_instance ON app_key (app_id, instance_id, client);
CREATE INDEX app_key_token_id ON app_key (token_id);
CREATE INDEX app_key_client ON app_key (client);
