// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.mef.Enrolee;

/**
 * Devices that share a group key. The key is kept apart, sealed.
 *
 * @param fingerprint tells its key from others, also after it was wiped
 * @param approval which devices may claim
 * @param claimLimit how many devices may ever claim
 * @param claims how many did; devices that were revoked since count
 * @param waiting how many wait for the operator
 * @param expiresAt when claiming ends; the devices that claimed go on
 * @param path of the enrolees made from it
 * @param enrolmentLifetime how long a Ke of theirs lives
 * @param hook is asked about a device that waits; none: the operator alone decides
 * @param standing whether devices may still claim
 */
public record Group(
    GroupName name,
    String fingerprint,
    Approval approval,
    int claimLimit,
    int claims,
    int waiting,
    Instant expiresAt,
    EnrolmentPath path,
    Duration enrolmentLifetime,
    Optional<URI> hook,
    Enrolee.Standing standing,
    Instant createdAt) {

  public boolean isRevoked() {
    return standing instanceof Enrolee.Standing.Revoked;
  }
}
