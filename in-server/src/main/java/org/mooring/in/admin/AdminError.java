// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A failure as the API tells it.
 *
 * @param status the HTTP status
 * @param document {@code error} and, for an import, {@code entry}
 */
record AdminError(int status, Attributes document) {
  private static final Logger LOG = LoggerFactory.getLogger(AdminError.class);

  static AdminError of(Throwable failure) {
    if (failure instanceof ImportException e) {
      AdminError cause = of(e.reason());
      return new AdminError(
          cause.status, cause.document.toBuilder().put("entry", e.entry()).build());
    }
    if (failure instanceof AdminException e) {
      return of(e.status(), e);
    }
    if (failure instanceof RefusedException e && e.refusal() != Refusal.INTERNAL_ERROR) {
      return of(e.refusal().coapCode(), e);
    }
    if (failure instanceof IllegalArgumentException e) {
      return of(400, e);
    }
    LOG.error("an admin request failed", failure);
    return new AdminError(500, document("server: " + Refusal.INTERNAL_ERROR.remedy()));
  }

  private static AdminError of(int status, Exception refused) {
    return new AdminError(status, document(String.valueOf(refused.getMessage())));
  }

  private static Attributes document(String message) {
    return Attributes.builder().put("error", message).build();
  }
}
