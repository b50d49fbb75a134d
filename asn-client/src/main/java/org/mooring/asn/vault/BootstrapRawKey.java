// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.security.PublicKey;
import java.util.Optional;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.dtls.ServerTrust;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * What the factory gave: a key pair without a certificate, and by what the MEF is known.
 *
 * @param key the private key's PKCS#8 encoding
 * @param publicKey the other half
 * @param server by what the MEF is known
 * @param mef the MEF's FQDN, sent as SNI
 * @param host name or address of the MEF
 * @param port its UDP port
 */
public record BootstrapRawKey(
    SecretKeyBytes key, PublicKey publicKey, ServerTrust server, Fqdn mef, String host, int port)
    implements MefCredential {

  @Override
  public Optional<SecretKeyBytes> secret() {
    return Optional.of(key);
  }

  @Override
  public EnrolmentMethod method() {
    return EnrolmentMethod.RPK;
  }

  @Override
  public BootstrapRawKey reachedAt(String otherHost, int otherPort) {
    return new BootstrapRawKey(key, publicKey, server, mef, otherHost, otherPort);
  }

  /** A MEF that is known by its own key is no other one; of a CA's names, another may be. */
  @Override
  public Optional<MefCredential> at(Fqdn other, String otherHost, int otherPort) {
    boolean isKnown = other.equals(mef) || server instanceof ServerTrust.Authorities;
    return isKnown
        ? Optional.of(new BootstrapRawKey(key, publicKey, server, other, otherHost, otherPort))
        : Optional.empty();
  }

  /** What stands for the public key at the MEF. */
  @Override
  public KeyIdentifier id() {
    return new KeyIdentifier(PublicKeyId.of(publicKey).relativeId(), mef);
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "BootstrapRawKey[" + id() + ", " + host + ":" + port + "]";
  }
}
