-- SPDX-License-Identifier: EPL-2.0
-- As what the application of a node without a CSE may register.

ALTER TABLE enrolee ADD COLUMN app_id TEXT; -- none: as any
