// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;

/**
 * The approved list of M2M services that instances of an application may use (TS-0001 clause
 * 11.2.2).
 *
 * @param roles the Role-IDs that their requests may name; none: no role
 * @param accessPolicy the {@code <accessControlPolicy>} that governs what they create without
 *     naming one; none: what the CSE does without
 * @param targets the CSEs and AEs with which they may associate besides the registrar
 * @param share with whom they share their associations
 */
public record ApprovedServices(
    List<RoleId> roles,
    Optional<ResourceAddress> accessPolicy,
    List<EntityId> targets,
    CredentialShare share) {
  /** Registering and no more. */
  public static final ApprovedServices NONE =
      new ApprovedServices(List.of(), Optional.empty(), List.of(), CredentialShare.NONE);

  public ApprovedServices {
    roles = List.copyOf(roles);
    targets = List.copyOf(targets);
  }
}
