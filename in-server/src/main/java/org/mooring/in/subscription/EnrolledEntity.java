// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.subscription;

import java.util.Optional;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.NodeId;

/**
 * An enrolee, as far as the service subscription is concerned.
 *
 * @param entity its SP-relative CSE-ID, or the AE-ID of its application if it has no CSE
 * @param application as what that application may register; none: as any
 * @param registrar the SP-relative CSE-ID of the CSE that it registers with
 */
public record EnrolledEntity(
    NodeId node, EntityId entity, Optional<AppId> application, CseId registrar) {}
