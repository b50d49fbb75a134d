// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.RecordedRefusalException;

/**
 * The registration of a CSE, or a change of it, that was refused for what the CSE says of itself.
 */
final class CseRegistrationRefusedException extends RecordedRefusalException {
  private static final long serialVersionUID = 1L;

  CseRegistrationRefusedException(CseClaim claim, CseObstacle obstacle) {
    super(
        AuditAction.CSE_REGISTRATION_REFUSED,
        claim.toAttributes().toBuilder().putAll(obstacle.toAttributes()).build(),
        obstacle.refusal().of(obstacle.element().subject()));
  }

  /** The CSE-ID that the provider assigned to the originator. */
  @Override
  public Optional<String> subject() {
    return detail().text("cse");
  }
}
