// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import static org.mooring.common.certificate.DerWriter.ascii;
import static org.mooring.common.certificate.DerWriter.bitString;
import static org.mooring.common.certificate.DerWriter.element;
import static org.mooring.common.certificate.DerWriter.integer;
import static org.mooring.common.certificate.DerWriter.objectIdentifier;
import static org.mooring.common.certificate.DerWriter.octetString;
import static org.mooring.common.certificate.DerWriter.sequence;
import static org.mooring.common.certificate.DerWriter.set;
import static org.mooring.common.certificate.DerWriter.utf8String;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import org.mooring.common.certificate.CertificateName;

/**
 * Writes certification requests (PKCS#10, RFC 2986) in DER, signed by ECDSA with SHA-256:
 *
 * <pre>
 * SEQUENCE {
 *   SEQUENCE { INTEGER 0, subject: none, SubjectPublicKeyInfo, [0] {
 *     SEQUENCE { challengePassword, SET { UTF8String } },
 *     SEQUENCE { extensionRequest, SET { SEQUENCE {
 *       SEQUENCE { subjectAltName, OCTET STRING { SEQUENCE { name } } } } } } } },
 *   SEQUENCE { ecdsa-with-SHA256 }, BIT STRING signature }
 * </pre>
 */
final class CertificationRequest {
  private static final String CHALLENGE_PASSWORD = "1.2.840.113549.1.9.7";
  private static final String EXTENSION_REQUEST = "1.2.840.113549.1.9.14";
  private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
  private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";

  private static final int ATTRIBUTES = 0xA0;
  private static final int OTHER_NAME = 0xA0;
  private static final int EXPLICIT_0 = 0xA0;
  private static final int DNS_NAME = 0x82;

  private CertificationRequest() {}

  /**
   * A request.
   *
   * @param publicKey SubjectPublicKeyInfo in DER
   * @param name the one name that is asked for
   * @param challenge ties the request to the session that carries it (RFC 7030 clause 3.5)
   */
  static byte[] write(PrivateKey key, byte[] publicKey, CertificateName name, String challenge) {
    byte[] info = info(publicKey, name, challenge);
    return sequence(
        info, sequence(objectIdentifier(ECDSA_WITH_SHA256)), bitString(sign(key, info)));
  }

  /** What is signed. */
  static byte[] info(byte[] publicKey, CertificateName name, String challenge) {
    byte[] password = sequence(objectIdentifier(CHALLENGE_PASSWORD), set(utf8String(challenge)));
    byte[] names =
        sequence(
            objectIdentifier(SUBJECT_ALTERNATIVE_NAME), octetString(sequence(generalName(name))));
    byte[] extensions = sequence(objectIdentifier(EXTENSION_REQUEST), set(sequence(names)));
    // A SET OF is in the order of its octets (X.690 clause 11.6).
    boolean inOrder = Arrays.compareUnsigned(password, extensions) < 0;
    return sequence(
        integer(0),
        sequence(),
        publicKey,
        inOrder
            ? element(ATTRIBUTES, password, extensions)
            : element(ATTRIBUTES, extensions, password));
  }

  private static byte[] generalName(CertificateName name) {
    return name instanceof CertificateName.OfNode node
        ? element(
            OTHER_NAME,
            objectIdentifier(CertificateName.OfNode.NAME_TYPE),
            element(EXPLICIT_0, utf8String(node.text())))
        : ascii(DNS_NAME, name.text());
  }

  private static byte[] sign(PrivateKey key, byte[] info) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(info);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("ECDSA is missing from this Java runtime", e);
    }
  }
}
