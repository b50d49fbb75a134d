// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.primitive.Attributes;

/** Certificates and revocation lists as the commands show them. */
final class CertificateDocument {
  private static final String COMMON_NAME = "CN=";

  private CertificateDocument() {}

  static Attributes.Builder of(X509Certificate certificate) {
    return Attributes.builder()
        .put("serial", certificate.getSerialNumber().toString(16))
        .put("name", name(certificate))
        .put("expires", certificate.getNotAfter().toInstant().toString());
  }

  /** With what a node pins that shall trust this key alone. */
  static Attributes.Builder withKey(X509Certificate certificate) {
    return of(certificate)
        .put("publicKeyId", PublicKeyId.of(certificate.getPublicKey()).toString());
  }

  static Attributes.Builder of(X509CRL list) {
    int revoked = list.getRevokedCertificates() == null ? 0 : list.getRevokedCertificates().size();
    return Attributes.builder()
        .put("revoked", revoked)
        .put("nextUpdate", list.getNextUpdate().toInstant().toString());
  }

  private static String name(X509Certificate certificate) {
    String subject = certificate.getSubjectX500Principal().getName();
    return subject.startsWith(COMMON_NAME) ? subject.substring(COMMON_NAME.length()) : subject;
  }
}
