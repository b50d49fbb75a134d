// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.subscription;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.NodeId;

/**
 * An enrolee, as far as the service subscription is concerned.
 *
 * @param entity its SP-relative CSE-ID, or the AE-ID of its application if it has no CSE
 * @param sharing the SP-relative AE-IDs of other applications that share its credentials
 * @param application as what these applications may register; none: as any
 * @param registrar the SP-relative CSE-ID of the CSE that it registers with
 */
public record EnrolledEntity(
    NodeId node,
    EntityId entity,
    List<AeId> sharing,
    Optional<AppId> application,
    CseId registrar) {

  public EnrolledEntity {
    sharing = List.copyOf(sharing);
  }

  /** The AE-IDs under which its applications register; none where it has a CSE. */
  public List<AeId> applications() {
    return entity instanceof AeId first
        ? Stream.concat(Stream.of(first), sharing.stream()).toList()
        : List.of();
  }
}
