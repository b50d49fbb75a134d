// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.CertificateRefusedException;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * What the factory gave: a certificate with its key, and the CAs of which the MEF's has to be.
 *
 * @param key the private key's PKCS#8 encoding
 * @param chain from the node's certificate on, each signed by the next
 * @param trusted certificates of CAs
 * @param mef the MEF's FQDN, sent as SNI and wanted in its certificate
 * @param host name or address of the MEF
 * @param port its UDP port
 */
public record BootstrapCertificate(
    SecretKeyBytes key,
    List<X509Certificate> chain,
    List<X509Certificate> trusted,
    Fqdn mef,
    String host,
    int port)
    implements MefCredential {

  /**
   * @throws IllegalArgumentException if a certificate is missing, or the node's names no CSE, no
   *     node and no device
   */
  public BootstrapCertificate {
    chain = List.copyOf(chain);
    trusted = List.copyOf(trusted);
    require(chain, trusted);
  }

  static void require(List<X509Certificate> chain, List<X509Certificate> trusted) {
    if (chain.isEmpty() || trusted.isEmpty()) {
      throw new IllegalArgumentException("certificate: give the node's and a trusted one");
    }
    var unused = nameOf(chain.get(0));
  }

  @Override
  public Optional<SecretKeyBytes> secret() {
    return Optional.of(key);
  }

  @Override
  public EnrolmentMethod method() {
    return EnrolmentMethod.CERTIFICATE;
  }

  @Override
  public BootstrapCertificate reachedAt(String otherHost, int otherPort) {
    return new BootstrapCertificate(key, chain, trusted, mef, otherHost, otherPort);
  }

  /** The MEF at another provider takes the certificate if it trusts the CA. */
  @Override
  public Optional<MefCredential> at(Fqdn other, String otherHost, int otherPort) {
    return Optional.of(new BootstrapCertificate(key, chain, trusted, other, otherHost, otherPort));
  }

  /** What stands for the certificate's name at the MEF. */
  @Override
  public KeyIdentifier id() {
    return new KeyIdentifier(nameOf(chain.get(0)).relativeId(), mef);
  }

  static CertificateName nameOf(X509Certificate certificate) {
    try {
      return CertificateName.of(certificate).stream()
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "certificate: give one that names a CSE-ID, a Node-ID or a device"));
    } catch (CertificateRefusedException e) {
      throw new IllegalArgumentException("certificate: " + e.getMessage(), e);
    }
  }
}
