-- SPDX-License-Identifier: EPL-2.0
-- A CSE may register with another than the IN-CSE, which announces it here as its descendant.

ALTER TABLE enrolee ADD COLUMN registrar TEXT;     -- SP-relative CSE-ID; none: the IN-CSE
ALTER TABLE enrolee ADD COLUMN registrar_poa TEXT; -- where the registrar is reached, none: not told
