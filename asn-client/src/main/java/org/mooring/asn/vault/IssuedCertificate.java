// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.security.cert.X509Certificate;
import java.util.List;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A certificate that the MEF had issued for a key of the node's own.
 *
 * @param key the private key's PKCS#8 encoding
 * @param chain from the node's certificate on, each signed by the next
 * @param trusted the CAs of which the MEF's certificate has to be
 * @param lease its lifetime, in the server's time
 * @param refused whether the MEF did not take it
 */
public record IssuedCertificate(
    SecretKeyBytes key,
    List<X509Certificate> chain,
    List<X509Certificate> trusted,
    Lease lease,
    boolean refused) {

  /**
   * @throws IllegalArgumentException if a certificate is missing, or the node's names no CSE and no
   *     node
   */
  public IssuedCertificate {
    chain = List.copyOf(chain);
    trusted = List.copyOf(trusted);
    BootstrapCertificate.require(chain, trusted);
  }

  /** The name that the node has in it. */
  public CertificateName name() {
    return BootstrapCertificate.nameOf(chain.get(0));
  }

  /** What stands for its name at a MEF. */
  public KeyIdentifier idAt(Fqdn mef) {
    return new KeyIdentifier(name().relativeId(), mef);
  }

  IssuedCertificate asRefused() {
    return new IssuedCertificate(key, chain, trusted, lease, true);
  }

  IssuedCertificate with(Lease other) {
    return new IssuedCertificate(key, chain, trusted, other, refused);
  }
}
