-- SPDX-License-Identifier: EPL-2.0
-- Only a column of type INTEGER is the row's own number in SQLite; any other has a second tree.
CREATE TABLE audit_by_row_id (
  seq      INTEGER NOT NULL PRIMARY KEY,          -- 1, 2, 3, ... without gaps
  at       BIGINT NOT NULL,
  actor    TEXT   NOT NULL,
  action   TEXT   NOT NULL,
  subject  TEXT   NOT NULL,
  detail   TEXT   NOT NULL,                       -- JSON object of texts
  previous TEXT   NOT NULL,                       -- hash of the entry before, empty for the first
  hash     TEXT   NOT NULL
);
INSERT INTO audit_by_row_id SELECT * FROM audit ORDER BY seq;
DROP TABLE audit;
ALTER TABLE audit_by_row_id RENAME TO audit;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

-- INSERT OR REPLACE would remove a row without firing the trigger above.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq)
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
