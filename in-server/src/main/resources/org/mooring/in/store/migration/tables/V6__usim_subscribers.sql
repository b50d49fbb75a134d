-- SPDX-License-Identifier: EPL-2.0
-- Nodes with a USIM (GBA). Their Ks stands in credential as kind 'ks', under RAND in hex.

-- The HSS's: a subscription's key, and how far its sequence numbers are.
CREATE TABLE subscriber (
  impi       TEXT   NOT NULL PRIMARY KEY,
  sealed_key BYTEA  NOT NULL,                     -- K and OPc, 16 octets each
  number     BIGINT NOT NULL                      -- SQN of the last vector, SEQ and IND
);

-- The BSF's: challenges that may be answered, for half a minute each.
CREATE TABLE pending_challenge (
  rand               TEXT   NOT NULL PRIMARY KEY, -- in upper case hex
  impi               TEXT   NOT NULL,
  sealed_response    BYTEA  NOT NULL,             -- XRES
  sealed_session_key BYTEA  NOT NULL,             -- Ks
  expires_at         BIGINT NOT NULL
);
CREATE INDEX pending_challenge_expires_at ON pending_challenge (expires_at);
