-- SPDX-License-Identifier: EPL-2.0
-- What the public DNS is to know of the CSEs that are registered here, and whether it was told. A
-- row goes once the name is neither wanted nor told.
CREATE TABLE public_name (
  csi           TEXT    NOT NULL PRIMARY KEY,     -- SP-relative, with its slash
  wanted        INTEGER NOT NULL CHECK (wanted IN (0, 1)),
  told          INTEGER NOT NULL CHECK (told IN (0, 1)), -- 1 before the DNS server is first asked
  due_at        BIGINT  NOT NULL,                 -- when it is to be told next
  failing_since BIGINT,                           -- none: the last time it went well
  problem       TEXT,
  CHECK ((failing_since IS NULL) = (problem IS NULL))
);
CREATE INDEX public_name_due_at ON public_name (due_at);
CREATE INDEX public_name_wanted ON public_name (wanted, told, due_at);
CREATE INDEX public_name_failing_since ON public_name (failing_since)
  WHERE failing_since IS NOT NULL;

INSERT INTO public_name (csi, wanted, told, due_at)
  SELECT DISTINCT r.owner_csi, 1, 0, 0 FROM resource r
  WHERE r.ty = 16 AND NOT EXISTS (
    SELECT 1 FROM enrolee e WHERE e.csi = r.owner_csi AND e.revoked_as = 'compromised');
