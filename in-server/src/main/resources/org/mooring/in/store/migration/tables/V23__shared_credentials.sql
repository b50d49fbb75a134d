-- SPDX-License-Identifier: EPL-2.0
-- A credential may be that of several AEs on one node (TS-0001 clause 11.2.2).

-- Those that share it with the AE whose AE-ID stands in enrolee, on a node without a CSE.
CREATE TABLE sharing_ae (
  ae_id TEXT NOT NULL PRIMARY KEY,                -- SP-relative, with its slash
  csi   TEXT NOT NULL REFERENCES enrolee (csi)    -- AE-ID of the first
);
CREATE INDEX sharing_ae_csi ON sharing_ae (csi);

-- A token says with whom its instances share their associations.
ALTER TABLE app_token ADD COLUMN share TEXT NOT NULL DEFAULT 'none'; -- or app, node
