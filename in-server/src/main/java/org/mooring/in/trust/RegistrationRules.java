// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.ServiceProvider;

/** The rules that client and key registrations share. */
final class RegistrationRules {
  private RegistrationRules() {}

  /**
   * The credential behind the session.
   *
   * @throws RefusedException CREDENTIAL_ENDED if it does not keep its sessions any longer
   */
  static Credential credentialOf(TrustStore store, SecurityPrincipal client) {
    return store
        .credentials()
        .find(client.credential())
        .filter(credential -> credential.keepsSessionAt(store.now()))
        .orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
  }

  /**
   * The administrating stakeholder, the provider where none is named.
   *
   * @throws RefusedException STAKEHOLDER_NOT_ALLOWED if it is another one
   */
  static Fqdn adminFqdn(Attributes given, ServiceProvider provider) {
    Fqdn own = provider.sp().fqdn();
    boolean isOwn =
        given
            .text(TrustResourceNames.ADMIN_FQDN)
            .map(text -> new Fqdn(text).equals(own))
            .orElse(true);
    if (!isOwn) {
      throw Refusal.STAKEHOLDER_NOT_ALLOWED.of(TrustResourceNames.ADMIN_FQDN + " (adminFQDN)");
    }
    return own;
  }

  /**
   * The expirationTime that is asked for, shortened to what the server grants, in whole seconds.
   *
   * @throws RefusedException EXPIRATION_IN_THE_PAST if the one asked for has passed,
   *     CREDENTIAL_ENDED if nothing is left to grant
   */
  static Instant grantedEnd(Attributes given, Instant limit, Instant now) {
    Instant wanted = given.timestamp(TrustResourceNames.EXPIRATION_TIME).orElse(Instant.MAX);
    if (!wanted.isAfter(now)) {
      throw Refusal.EXPIRATION_IN_THE_PAST.of(
          TrustResourceNames.EXPIRATION_TIME + " (expirationTime)");
    }
    if (!limit.isAfter(now)) {
      throw Refusal.CREDENTIAL_ENDED.of("session");
    }
    return earlier(wanted, limit).truncatedTo(ChronoUnit.SECONDS);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
