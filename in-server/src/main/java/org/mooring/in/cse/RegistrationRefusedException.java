// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Decision;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.RecordedRefusalException;

/** The registration of an AE that was refused for what it is. */
public final class RegistrationRefusedException extends RecordedRefusalException {
  private static final long serialVersionUID = 1L;
  private static final String SUBJECT = "<AE>";

  private RegistrationRefusedException(Refusal refusal, Attributes detail) {
    super(
        AuditAction.AE_REGISTRATION_REFUSED,
        detail.toBuilder().put("rsc", refusal.status().code()).build(),
        refusal.of(SUBJECT));
  }

  /** The AE-ID claimed. */
  @Override
  public Optional<String> subject() {
    return detail().text("from").filter(from -> !from.isEmpty());
  }

  /** The service subscription does not allow it. */
  static RegistrationRefusedException bySubscription(
      Call call, CseId registrar, AeRegistration registration, Decision decision) {
    return new RegistrationRefusedException(
        decision.refusal(call.request().releaseVersion()).orElseThrow(),
        detail(call, registrar, registration).toBuilder().put("reason", decision.reason()).build());
  }

  /** The IN-CSE does not let it have its stem. */
  static RegistrationRefusedException byRegistrar(
      Call call, CseId registrar, AeRegistration registration, RegistrarsWord.Refused word) {
    return new RegistrationRefusedException(
        word.refusal(),
        detail(call, registrar, registration).toBuilder().put("reason", word.reason()).build());
  }

  /**
   * An AE of this AE-ID-Stem is registered.
   *
   * @param reason who has it
   */
  static RegistrationRefusedException alreadyRegistered(
      Call call, CseId registrar, AeRegistration registration, String reason) {
    return new RegistrationRefusedException(
        Decision.refusalOfRegistered(call.request().releaseVersion()),
        detail(call, registrar, registration).toBuilder().put("reason", reason).build());
  }

  /**
   * What the registration had: {@code registrar}, {@code credential} (empty outside any
   * association), {@code api}, {@code from} and {@code release}.
   */
  static Attributes detail(Call call, CseId registrar, AeRegistration registration) {
    return Attributes.builder()
        .put("registrar", registrar.value())
        .put("credential", registration.credential().map(CredentialId::value).orElse(""))
        .put("api", registration.appId())
        .put("from", registration.from())
        .put("release", call.request().releaseVersion().text())
        .build();
  }
}
