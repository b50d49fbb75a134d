// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.stream.Collectors;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.RecordedRefusalException;

/** A session of an enrolee that is to use another method. */
public final class MethodRefusedException extends RecordedRefusalException {
  private static final long serialVersionUID = 1L;

  MethodRefusedException(
      EnrolmentMethod method, MethodDecision.Refused decision, MethodOffer offer) {
    super(
        AuditAction.METHOD_REFUSED,
        detail(method, decision, offer),
        Refusal.METHOD_NOT_ACCEPTED.of("session"));
  }

  /** The {@code method}, the {@code reason}, what it lost against and the offer. */
  private static Attributes detail(
      EnrolmentMethod method, MethodDecision.Refused decision, MethodOffer offer) {
    Attributes.Builder detail =
        Attributes.builder()
            .put("method", method.text())
            .put("reason", method.text() + " " + decision.reason());
    if (decision instanceof MethodDecision.BelowMinimum below) {
      detail.put("minimum", below.minimum().text());
    }
    if (decision instanceof MethodDecision.Preferred better) {
      detail.put("preferred", better.preferred().text());
    }
    if (!offer.methods().isEmpty()) {
      detail.put("offer", text(offer));
    }
    return detail.build();
  }

  /** The methods in the node's order, with those that it was refused with. */
  static String text(MethodOffer offer) {
    return offer.methods().stream()
        .map(one -> one.method().text() + (one.refused() ? " (refused)" : ""))
        .collect(Collectors.joining(", "));
  }
}
