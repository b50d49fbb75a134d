-- SPDX-License-Identifier: EPL-2.0
-- A subscription has an end of its own, and a revocation a kind.

ALTER TABLE enrolee ADD COLUMN subscribed_until BIGINT NOT NULL DEFAULT 253402300799000; -- never
-- 1 while the subscription has an end that is not in the audit log yet
ALTER TABLE enrolee ADD COLUMN awaits_end INTEGER NOT NULL DEFAULT 0 CHECK (awaits_end IN (0, 1));
ALTER TABLE enrolee ADD COLUMN revoked_as TEXT;   -- compromised or retired
UPDATE enrolee SET revoked_as = 'compromised' WHERE revoked_at IS NOT NULL;
CREATE INDEX enrolee_subscribed_until ON enrolee (subscribed_until) WHERE awaits_end = 1;

-- A key from the factory outlasts the subscription, for another one may follow: its expires_at is
-- when it stops to open sessions, and this is when it is wiped. None: with expires_at.
ALTER TABLE credential ADD COLUMN kept_until BIGINT;
UPDATE credential SET kept_until = expires_at WHERE parent = identity;
DROP INDEX credential_expires_at;
CREATE INDEX credential_kept_until ON credential (COALESCE(kept_until, expires_at)) WHERE live = 1;
