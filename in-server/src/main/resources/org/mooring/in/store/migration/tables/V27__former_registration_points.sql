-- SPDX-License-Identifier: EPL-2.0
-- Where AEs of a stem were is looked for, too: what they made there follows them on each move.
DROP INDEX registration_point_stem;
CREATE INDEX registration_point_stem ON registration_point (stem);
