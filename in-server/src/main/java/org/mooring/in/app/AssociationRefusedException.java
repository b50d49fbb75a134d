// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.RecordedRefusalException;

/** An instance of an application that is not associated. */
public final class AssociationRefusedException extends RecordedRefusalException {
  private static final long serialVersionUID = 1L;

  private final AssociationObstacle obstacle;

  /** Of a request that nothing of is kept. */
  public AssociationRefusedException(AssociationRequest request, AssociationObstacle obstacle) {
    super(
        AuditAction.APP_ASSOCIATION_REFUSED,
        Associations.detail(request)
            .put("app", request.application().value())
            .put("reason", obstacle.reason())
            .build(),
        obstacle.refusal().of("appAssociation"));
    this.obstacle = obstacle;
  }

  public AssociationObstacle obstacle() {
    return obstacle;
  }
}
