// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.time.Instant;
import java.util.List;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.provider.FunctionRole;

/**
 * A {@code <mefClientReg>} or {@code <mafClientReg>}: one per function, client and adminFQDN
 * (TS-0003 clauses 8.3.5.1 and 8.8.1).
 *
 * @param function MEF or MAF
 * @param id the resourceID, 26 characters of base32, so never 32 hex digits
 * @param client the absolute CSE-ID of the client
 * @param adminFqdn the administrating stakeholder
 * @param labels none: an empty list
 */
public record ClientRegistration(
    FunctionRole function,
    String id,
    EntityId client,
    Fqdn adminFqdn,
    List<String> labels,
    Instant expiresAt,
    Instant createdAt,
    Instant modifiedAt) {

  public ClientRegistration {
    labels = List.copyOf(labels);
  }

  /** Whether it counts at this time; an expired one waits only to be swept. */
  public boolean isLiveAt(Instant now) {
    return now.isBefore(expiresAt);
  }

  /** The same with another end. */
  public ClientRegistration ending(Instant end) {
    return changed(end, labels, modifiedAt);
  }

  ClientRegistration changed(Instant newExpiry, List<String> newLabels, Instant now) {
    return new ClientRegistration(
        function, id, client, adminFqdn, newLabels, newExpiry, createdAt, now);
  }
}
