// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;
import org.mooring.common.certificate.PublicKeyId;

/**
 * What one end of a handshake shows and proves without a certificate (RFC 7250).
 *
 * @param key the private key
 * @param publicKey shown as its SubjectPublicKeyInfo
 */
public record RawKeyPair(PrivateKey key, PublicKey publicKey) {
  /**
   * @throws IllegalArgumentException if the two are no pair on secp256r1 (TS-0003 clause 10.1.1.1)
   */
  public RawKeyPair {
    if (!CertificateKeys.isOnSecp256r1(publicKey) || !CertificateKeys.isPair(key, publicKey)) {
      throw new IllegalArgumentException("raw key: give the two keys of one pair on secp256r1");
    }
  }

  /**
   * Reads it from one PEM file with both: {@code PRIVATE KEY} (PKCS#8) and {@code PUBLIC KEY}.
   *
   * @throws IllegalArgumentException if one is missing or the two are no pair
   */
  public static RawKeyPair read(Path file) {
    return new RawKeyPair(CertificateFiles.privateKey(file), CertificateFiles.publicKey(file));
  }

  /** Without the private key. */
  @Override
  public String toString() {
    return "RawKeyPair[" + PublicKeyId.of(publicKey) + "]";
  }
}
