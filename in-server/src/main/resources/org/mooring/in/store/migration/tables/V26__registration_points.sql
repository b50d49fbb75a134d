-- SPDX-License-Identifier: EPL-2.0
-- Where AEs are registered that want their registration points tracked, and where they were.
CREATE TABLE registration_point (
  ae          TEXT NOT NULL PRIMARY KEY,          -- SP-relative AE-ID, /cse/C...
  stem        TEXT NOT NULL,                      -- its last segment
  association TEXT NOT NULL,                      -- SP-relative CSE-ID that its registrar speaks by
  moved_to    TEXT                                -- AE-ID it has now; none: it is registered here
);
CREATE INDEX registration_point_stem ON registration_point (stem) WHERE moved_to IS NULL;
CREATE INDEX registration_point_association ON registration_point (association);
