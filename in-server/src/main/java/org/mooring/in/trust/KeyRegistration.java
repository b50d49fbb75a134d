// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.time.Instant;
import java.util.List;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;

/**
 * A {@code <symmKeyReg>} without its key (TS-0003 clauses 8.3.5.2.7 and 8.8.2.7). Once removed it
 * stays as a tombstone, for its RelativeKeyID is never used again.
 *
 * @param identity the RelativeKeyID at the FQDN of the function that holds it
 * @param client the absolute CSE-ID of the source client
 * @param adminFqdn the administrating stakeholder
 * @param usage the SUID
 * @param targets absolute CSE-IDs, AE-IDs or a function's FQDN; one at least
 * @param labels none: an empty list
 * @param parent the credential in whose session it was registered
 * @param removed whether only the tombstone is left
 */
public record KeyRegistration(
    KeyIdentifier identity,
    EntityId client,
    Fqdn adminFqdn,
    KeyUsage usage,
    List<String> targets,
    List<String> labels,
    KeyIdentifier parent,
    boolean removed,
    Instant expiresAt,
    Instant createdAt,
    Instant modifiedAt) {

  public KeyRegistration {
    targets = List.copyOf(targets);
    labels = List.copyOf(labels);
  }

  /** Whether it counts at this time; an expired one waits only to be swept. */
  public boolean isLiveAt(Instant now) {
    return !removed && now.isBefore(expiresAt);
  }

  /** The same with another end. */
  public KeyRegistration ending(Instant end) {
    return changed(end, labels, targets, modifiedAt);
  }

  KeyRegistration changed(
      Instant newExpiry, List<String> newLabels, List<String> newTargets, Instant now) {
    return new KeyRegistration(
        identity,
        client,
        adminFqdn,
        usage,
        newTargets,
        newLabels,
        parent,
        removed,
        newExpiry,
        createdAt,
        now);
  }
}
