-- SPDX-License-Identifier: EPL-2.0
-- Most keys are random, so each index is one more page that a write touches, logs and copies.
-- One index per question that is asked: all else of a client is looked for among its own few rows.

-- A removed credential stands in no generation any longer: a node that renews for years leaves
-- rows behind that no search meets.
UPDATE credential SET generation = '' WHERE status = 'removed';
DROP INDEX credential_parent;
DROP INDEX credential_generation;
DROP INDEX credential_client;
CREATE INDEX credential_client ON credential (client, generation);

-- The UNIQUE (function, client, admin_fqdn) answers for a client too: there are two functions.
DROP INDEX client_registration_client;
