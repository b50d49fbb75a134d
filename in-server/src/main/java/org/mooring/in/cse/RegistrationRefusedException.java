// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.subscription.AeRegistration;
import org.mooring.in.subscription.CredentialId;
import org.mooring.in.subscription.Decision;

/**
 * The registration of an AE that was refused for what it is. The transaction is undone; what the
 * audit log is to tell of it comes along.
 */
public final class RegistrationRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String SUBJECT = "<AE>";

  private final RefusedException answer;
  private final transient Attributes detail;

  private RegistrationRefusedException(Refusal refusal, Attributes detail) {
    super(SUBJECT + ": " + refusal.remedy(), null, false, false);
    this.answer = refusal.of(SUBJECT);
    this.detail = detail.toBuilder().put("rsc", refusal.status().code()).build();
  }

  /** The service subscription does not allow it. */
  static RegistrationRefusedException bySubscription(
      Call call, AeRegistration registration, Decision decision) {
    return new RegistrationRefusedException(
        ServiceSubscriptions.refusal(decision, call.request().releaseVersion()).orElseThrow(),
        detail(call, registration).toBuilder().put("reason", decision.reason()).build());
  }

  /** An AE of this AE-ID-Stem is registered. */
  static RegistrationRefusedException alreadyRegistered(
      Call call, AeRegistration registration, AeId stem) {
    return new RegistrationRefusedException(
        ServiceSubscriptions.refusalOfStemInUse(call.request().releaseVersion()),
        detail(call, registration).toBuilder().put("reason", stem + " is registered").build());
  }

  /**
   * What the registration had: {@code credential} (empty outside any association), {@code api},
   * {@code from} and {@code release}.
   */
  static Attributes detail(Call call, AeRegistration registration) {
    return Attributes.builder()
        .put("credential", registration.credential().map(CredentialId::value).orElse(""))
        .put("api", registration.appId())
        .put("from", registration.from())
        .put("release", call.request().releaseVersion().text())
        .build();
  }

  /** What the AE is told. */
  public RefusedException answer() {
    return answer;
  }

  /**
   * For the audit log: {@code credential}, {@code api}, {@code from}, {@code release}, {@code
   * reason} and {@code rsc}.
   */
  public Attributes detail() {
    return detail;
  }
}
