// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.asn.vault.NodeState;

/** The certificates in a node's vault by their fingerprints: SHA-256 of the DER in hex. */
final class KnownCertificates {
  private KnownCertificates() {}

  /** Whether the node has a CA's certificate. */
  static boolean trusts(NodeState node, String fingerprint) {
    boolean fromFactory =
        node.factories().ofKind(BootstrapCertificate.class).stream()
            .anyMatch(held -> isAmong(held.trusted(), fingerprint));
    return fromFactory
        || node.certificates()
            .newest()
            .filter(issued -> isAmong(issued.trusted(), fingerprint))
            .isPresent();
  }

  /** Whether the node has a certificate of its own, with the key. */
  static boolean owns(NodeState node, String fingerprint) {
    boolean fromFactory =
        node.factories().ofKind(BootstrapCertificate.class).stream()
            .anyMatch(held -> isAmong(held.chain().subList(0, 1), fingerprint));
    return fromFactory
        || node.certificates()
            .newest()
            .filter(issued -> isAmong(issued.chain().subList(0, 1), fingerprint))
            .isPresent();
  }

  private static boolean isAmong(List<X509Certificate> certificates, String fingerprint) {
    return certificates.stream()
        .anyMatch(known -> fingerprintOf(known).equals(fingerprint.toLowerCase(Locale.ROOT)));
  }

  static String fingerprintOf(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 or a certificate's encoding is missing", e);
    }
  }
}
