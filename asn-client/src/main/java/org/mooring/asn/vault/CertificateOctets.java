// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates as octets: their DER, one after the other. */
final class CertificateOctets {
  private CertificateOctets() {}

  static byte[] of(List<X509Certificate> certificates) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    try {
      for (X509Certificate certificate : certificates) {
        octets.writeBytes(certificate.getEncoded());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a certificate without an encoding", e);
    }
    return octets.toByteArray();
  }

  /**
   * @throws IllegalArgumentException if the octets are no certificates
   */
  static List<X509Certificate> read(byte[] octets) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(octets))
          .stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("certificates", e);
    }
  }
}
