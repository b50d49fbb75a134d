// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * A credential that a node has from the factory; its key, where there is one, stands in the index
 * of credentials.
 *
 * @param id KpmId, KmId, KpsaId, IMPI, or what stands for the name in a certificate or for a public
 *     key
 * @param factoryKey which of them
 * @param fingerprint tells its key from others, also after it was wiped; of a certificate its name,
 *     of a public key its identifier, of an operator's USIM the FQDN of the BSF that has the key
 * @param expiresAt its own end: at the MEF of bootstrapping alone, else of all
 * @param addedAt when the operator told of it
 */
public record FactoryCredential(
    KeyIdentifier id,
    FactoryKey factoryKey,
    String fingerprint,
    Instant expiresAt,
    Instant addedAt) {

  /** The method by which a node enrols with it; empty where it is pre-provisioned. */
  public Optional<EnrolmentMethod> method() {
    return factoryKey.method();
  }

  /** The BSF of the operator that knows the USIM; empty where that is this server, or no USIM. */
  public Optional<Fqdn> operatorBsf() {
    boolean isOperators = factoryKey == FactoryKey.USIM && fingerprint.indexOf('.') > 0;
    return isOperators ? Optional.of(new Fqdn(fingerprint)) : Optional.empty();
  }

  /** When it stops to open sessions: with itself or with the subscription. */
  Instant opensUntil(Instant subscribedUntil) {
    return expiresAt.isBefore(subscribedUntil) ? expiresAt : subscribedUntil;
  }
}
