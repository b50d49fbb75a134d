// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.certificate.CertificateKeys;

/**
 * What one end of a handshake shows and proves with a certificate.
 *
 * @param key the private key
 * @param chain from its own certificate on, each signed by the next
 */
public record CertificateIdentity(PrivateKey key, List<X509Certificate> chain) {
  /**
   * @throws IllegalArgumentException if there is no certificate
   */
  public CertificateIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("certificate: give at least one");
    }
  }

  /**
   * Reads it from PEM files.
   *
   * @throws IllegalArgumentException if a file does not hold what it should, or the key is not that
   *     of the first certificate
   */
  public static CertificateIdentity read(Path certificates, Path privateKey) {
    PrivateKey key = CertificateFiles.privateKey(privateKey);
    CertificateIdentity read =
        new CertificateIdentity(key, CertificateFiles.certificates(certificates));
    if (!CertificateKeys.isPair(key, read.chain().get(0))) {
      throw new IllegalArgumentException("certificate: the private key is not that of the first");
    }
    return read;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "CertificateIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
