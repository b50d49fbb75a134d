// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentPath;

/**
 * What an operator says of a group to be added.
 *
 * @param key none: 32 random octets; the caller destroys its key
 * @param claimLimit how many devices may claim, at least 1
 * @param path of the enrolees made from it
 * @param enrolmentLifetime how long a Ke of theirs lives, none: what the provider grants
 * @param hook is asked about devices that wait; https, or http to the loopback
 * @param devices that are approved from the start
 */
public record NewGroup(
    GroupName name,
    Optional<SecretKeyBytes> key,
    Approval approval,
    int claimLimit,
    Instant expiresAt,
    EnrolmentPath path,
    Optional<Duration> enrolmentLifetime,
    Optional<URI> hook,
    List<DeviceId> devices) {
  public NewGroup {
    devices = List.copyOf(devices);
  }
}
