// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;

/**
 * The notification of a change in AE registration point (TS-0004 clause 7.5.1.2.16), for an AE
 * whose stem its registrar assigns.
 *
 * @param prior where the AE was registered before ({@code tid1}); empty where its registrar does
 *     not know; the same as {@code present} where that asks whether the AE still counts as
 *     registered there
 * @param present where it is registered ({@code tid2}), SP-relative
 */
public record RegistrationPointChange(Optional<AeId> prior, AeId present) {
  /** m2m:notification in content. */
  public static final String ROOT = "m2m:sgn";

  private static final String CHANGE = "aerp";
  private static final String PRIOR = "tid1";
  private static final String PRESENT = "tid2";

  /** An AE that registered, wherever it was before. */
  public static RegistrationPointChange arrivalOf(AeId present) {
    return new RegistrationPointChange(Optional.empty(), present);
  }

  /** Asks whether an AE still counts as registered where it is. */
  public static RegistrationPointChange confirmationOf(AeId present) {
    return new RegistrationPointChange(Optional.of(present), present);
  }

  public boolean isConfirmation() {
    return prior.filter(present::equals).isPresent();
  }

  /** Whether a request is such a notification, whole or not. */
  public static boolean isOne(RequestPrimitive request) {
    return request.operation() == Operation.NOTIFY
        && request
            .content()
            .filter(content -> content.root().equals(ROOT))
            .flatMap(content -> content.attributes().flag(CHANGE))
            .orElse(false);
  }

  /**
   * Reads one.
   *
   * @throws RefusedException OPERATION_NOT_OFFERED for another notification, MISSING_ATTRIBUTE
   *     without {@code tid2}, INVALID_ATTRIBUTE for an id that names no AE below a CSE
   */
  public static RegistrationPointChange of(RequestPrimitive request) {
    if (!isOne(request)) {
      throw Refusal.OPERATION_NOT_OFFERED.of("NOTIFY");
    }
    Attributes notified = request.content().orElseThrow().attributes();
    return new RegistrationPointChange(
        ae(notified, PRIOR),
        ae(notified, PRESENT)
            .orElseThrow(() -> Refusal.MISSING_ATTRIBUTE.of(PRESENT + " (trackingID2)")));
  }

  private static Optional<AeId> ae(Attributes notified, String name) {
    Optional<AeId> found =
        notified
            .text(name)
            .filter(AeId::isValid)
            .map(AeId::new)
            .filter(ae -> !ae.isStem() && ae.isAssignedByCse() && !ae.isLoneLetter())
            .map(AeId::spRelative);
    if (found.isEmpty() && notified.has(name)) {
      throw Refusal.INVALID_ATTRIBUTE.of(name);
    }
    return found;
  }

  /** As it is sent. */
  public Representation toContent() {
    Attributes.Builder notified = Attributes.builder().put(CHANGE, true);
    prior.ifPresent(ae -> notified.put(PRIOR, ae.value()));
    return Representation.of(ROOT, notified.put(PRESENT, present.value()).build());
  }
}
