-- SPDX-License-Identifier: EPL-2.0
-- A resource that refers to access control policies is not its creator's alone.

ALTER TABLE resource ADD COLUMN refers_to_policies INTEGER NOT NULL DEFAULT 0; -- 1: it has acpi
