// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Profile;

/** What the registrar of this CSE says of an AE that registers here. */
public sealed interface RegistrarsWord {
  /** Of the AE's association, as the issuer of its key tells it. */
  CredentialId credential();

  /** The AE is announced at the IN-CSE, and has this stem. */
  record Announced(CredentialId credential, AeId stem) implements RegistrarsWord {}

  /** What the service subscription says of this CSE, for a stem that this CSE assigns. */
  record Subscribed(CredentialId credential, Profile profile) implements RegistrarsWord {}

  /**
   * The IN-CSE does not let it have its stem, or register with it here.
   *
   * @param refusal as the AE is told it, in its release
   * @param reason for the audit log
   */
  record Refused(CredentialId credential, Refusal refusal, String reason)
      implements RegistrarsWord {}
}
