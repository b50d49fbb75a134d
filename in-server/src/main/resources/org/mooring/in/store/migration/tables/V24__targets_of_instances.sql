-- SPDX-License-Identifier: EPL-2.0
-- A token says with whom its instances may associate besides their registrar.

ALTER TABLE app_token ADD COLUMN targets TEXT NOT NULL DEFAULT ''; -- CSE-IDs and AE-IDs, joined by spaces
