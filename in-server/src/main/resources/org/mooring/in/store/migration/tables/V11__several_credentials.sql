-- SPDX-License-Identifier: EPL-2.0
-- A node may have several credentials from the factory, and methods that it may not enrol with.

-- Those besides the first, whose columns stand in enrolee. Each has a row in credential, too.
CREATE TABLE factory_credential (
  identity    TEXT   NOT NULL PRIMARY KEY,
  csi         TEXT   NOT NULL REFERENCES enrolee (csi), -- for the enrolee's id may change
  factory_key TEXT   NOT NULL,
  fingerprint TEXT   NOT NULL,
  expires_at  BIGINT NOT NULL,                    -- its own end, whatever the subscription's is
  added_at    BIGINT NOT NULL
);
CREATE INDEX factory_credential_csi ON factory_credential (csi);

ALTER TABLE enrolee ADD COLUMN min_method TEXT;   -- none: any
CREATE INDEX enrolee_min_method ON enrolee (min_method) WHERE min_method IS NOT NULL;
