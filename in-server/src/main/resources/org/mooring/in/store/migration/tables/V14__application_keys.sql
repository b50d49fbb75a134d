-- SPDX-License-Identifier: EPL-2.0
-- A Ka is another client's than the key that it came from: it is found by that one.
CREATE INDEX credential_application ON credential (parent) WHERE kind = 'ka';
