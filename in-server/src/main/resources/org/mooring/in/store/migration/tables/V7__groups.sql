-- SPDX-License-Identifier: EPL-2.0
-- Devices that share one group key, from which the Kpm of each is derived. A group is never
-- deleted, so that its name is never used again.

CREATE TABLE device_group (
  name               TEXT   NOT NULL PRIMARY KEY,
  sealed_key         BYTEA,                       -- none once it was revoked
  fingerprint        TEXT   NOT NULL,
  approval           TEXT   NOT NULL CHECK (approval IN ('auto', 'manual', 'listed')),
  claim_limit        BIGINT NOT NULL,
  claims             BIGINT NOT NULL,             -- devices that became enrolees
  waiting            BIGINT NOT NULL,             -- devices that wait for the operator
  expires_at         BIGINT NOT NULL,             -- ends claiming alone
  path               TEXT   NOT NULL CHECK (path IN ('maf', 'direct')),
  enrolment_lifetime BIGINT NOT NULL,             -- of a Ke, in milliseconds
  hook               TEXT   NOT NULL,             -- URL, or empty
  revoked_at         BIGINT,                      -- none: devices may claim
  revoked_reason     TEXT,
  created_at         BIGINT NOT NULL,
  CHECK ((revoked_at IS NULL) = (revoked_reason IS NULL)),
  CHECK ((revoked_at IS NULL) = (sealed_key IS NOT NULL)),
  CHECK (claims >= 0 AND waiting >= 0)
);

-- Devices that the operator named, that wait or that claimed; one that somebody only made up has
-- no row.
CREATE TABLE group_device (
  group_name TEXT   NOT NULL REFERENCES device_group (name),
  device_id  TEXT   NOT NULL,
  state      TEXT   NOT NULL CHECK (state IN ('approved', 'waiting', 'denied', 'claimed')),
  csi        TEXT   UNIQUE,                       -- of the enrolee that it became
  since      BIGINT NOT NULL,
  PRIMARY KEY (group_name, device_id),
  CHECK ((state = 'claimed') = (csi IS NOT NULL))
);
CREATE INDEX group_device_state ON group_device (group_name, state, device_id);
