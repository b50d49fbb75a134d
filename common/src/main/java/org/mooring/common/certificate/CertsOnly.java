// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * Certificates as EST carries them: a SignedData of CMS with certificates and no signature, in DER
 * (RFC 5652 clause 5, RFC 5272 clause 4.1).
 */
public final class CertsOnly {
  private static final String FORMAT = "PKCS7";

  private CertsOnly() {}

  /** Writes certificates; the form has no order, for they are a SET. */
  public static byte[] write(List<X509Certificate> certificates) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertPath(certificates)
          .getEncoded(FORMAT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate without an encoding", e);
    }
  }

  /**
   * Writes the one certificate, bare.
   *
   * @throws IllegalArgumentException if there are several
   */
  public static byte[] single(List<X509Certificate> certificates) {
    if (certificates.size() != 1) {
      throw new IllegalArgumentException("certificates: give one");
    }
    try {
      return certificates.get(0).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate without an encoding", e);
    }
  }

  /**
   * Reads what a peer sent.
   *
   * @throws IllegalArgumentException if the octets are no such object or hold no certificate
   */
  public static List<X509Certificate> read(byte[] der) {
    Collection<? extends Certificate> read;
    try {
      read =
          CertificateFactory.getInstance("X.509")
              .generateCertPath(new ByteArrayInputStream(der), FORMAT)
              .getCertificates();
    } catch (GeneralSecurityException | RuntimeException e) {
      // The JDK's parser lets odd structures fail in ways of its own.
      throw new IllegalArgumentException("certificates: not a certs-only object", e);
    }
    List<X509Certificate> certificates =
        read.stream()
            .filter(X509Certificate.class::isInstance)
            .map(X509Certificate.class::cast)
            .toList();
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("certificates: the object holds none");
    }
    return certificates;
  }
}
