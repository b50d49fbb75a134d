// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.RecordedRefusalException;

/**
 * A request that access control policies do not permit. The originator is told no more than if
 * there were none; the audit log has what stands against it.
 */
final class AccessRefusedException extends RecordedRefusalException {
  private static final long serialVersionUID = 1L;

  /**
   * @param to the structured address of the resource
   * @param needed the operation and the type, as the originator is told
   * @param reason which rule comes closest, and what of it is not met
   */
  AccessRefusedException(Call call, String to, String needed, String reason) {
    super(
        AuditAction.ACCESS_REFUSED,
        Attributes.builder()
            .put("to", to)
            .put("from", call.requester().id())
            .put("operation", call.request().operation().name())
            .put("reason", reason)
            .build(),
        Refusal.NO_PRIVILEGE.of(needed));
  }
}
