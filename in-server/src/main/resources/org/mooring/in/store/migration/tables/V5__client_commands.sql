-- SPDX-License-Identifier: EPL-2.0
-- mefClientCmd: the queue of each client registration at the MEF, which ends with it.
CREATE TABLE client_command (
  id           TEXT    NOT NULL PRIMARY KEY,      -- cmdID
  function     TEXT    NOT NULL CHECK (function = 'mef'),
  registration TEXT    NOT NULL,                  -- ri of the mefClientReg
  position     BIGINT  NOT NULL,                  -- order in the queue
  description  BYTEA   NOT NULL,                  -- cmdDescription as CBOR; nothing in it is secret
  added_at     BIGINT  NOT NULL,
  expires_at   BIGINT  NOT NULL,
  state        TEXT    NOT NULL CHECK (state IN ('queued', 'issued', 'reported', 'cancelled')),
  deliveries   INTEGER NOT NULL,                  -- how often it was issued
  status       INTEGER NOT NULL,                  -- cmdStatusCode: 10 or 11, then the client's
  changed_at   BIGINT  NOT NULL,
  UNIQUE (registration, position),
  FOREIGN KEY (function, registration) REFERENCES client_registration (function, ri)
    ON DELETE CASCADE
);
