// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mooring.common.key.SecretKeyBytes;

/**
 * Reads certificates (PEM or DER), private keys (PKCS#8 in PEM) and public keys
 * (SubjectPublicKeyInfo in PEM or DER), both on an elliptic curve.
 */
public final class CertificateFiles {
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final String PUBLIC_KEY = "PUBLIC KEY";

  private CertificateFiles() {}

  /**
   * All certificates in a file, in its order.
   *
   * @throws IllegalArgumentException if it has none
   */
  public static List<X509Certificate> certificates(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      List<X509Certificate> read =
          CertificateFactory.getInstance("X.509").generateCertificates(content).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (!read.isEmpty()) {
        return read;
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(file + ": give a file with certificates", e);
    }
    throw new IllegalArgumentException(file + ": give a file with certificates");
  }

  /**
   * The CAs in a file, which are to be trusted.
   *
   * @throws IllegalArgumentException if it has none, or one that is not signed by itself: what
   *     stands above it could not be checked
   */
  public static List<X509Certificate> trusted(Path file) {
    List<X509Certificate> authorities = certificates(file);
    for (X509Certificate authority : authorities) {
      if (!isSelfSigned(authority)) {
        throw new IllegalArgumentException(
            file + ": give certificates of CAs that sign themselves (roots)");
      }
    }
    return authorities;
  }

  private static boolean isSelfSigned(X509Certificate certificate) {
    try {
      certificate.verify(certificate.getPublicKey());
      return certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * The private key in a file. No message repeats any of it.
   *
   * @throws IllegalArgumentException if it has none in this form
   */
  public static PrivateKey privateKey(Path file) {
    String remedy = file + ": give a private key as PKCS#8 in PEM, on an elliptic curve";
    byte[] octets = {};
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      octets = block(text, PRIVATE_KEY).orElseThrow(() -> new IllegalArgumentException(remedy));
      return CertificateKeys.decode(SecretKeyBytes.copyOf(octets));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": can not be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(remedy, e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * The public key in a file, beside which a private one may stand.
   *
   * @throws IllegalArgumentException if it has none in this form
   */
  public static PublicKey publicKey(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      String text = new String(content, StandardCharsets.US_ASCII);
      return CertificateKeys.decodePublic(block(text, PUBLIC_KEY).orElse(content));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": can not be read", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          file + ": give a public key (SubjectPublicKeyInfo in PEM or DER), on an elliptic curve",
          e);
    }
  }

  /** What stands between the lines that begin and end a PEM block of this kind. */
  private static Optional<byte[]> block(String text, String kind) {
    String beginLine = "-----BEGIN " + kind + "-----";
    int begin = text.indexOf(beginLine);
    int end = text.indexOf("-----END " + kind + "-----");
    return begin < 0 || end < begin
        ? Optional.empty()
        : Optional.of(
            Base64.getMimeDecoder().decode(text.substring(begin + beginLine.length(), end)));
  }
}
