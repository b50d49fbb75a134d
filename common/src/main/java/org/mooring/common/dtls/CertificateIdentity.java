// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

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

  /** Without the key. */
  @Override
  public String toString() {
    return "CertificateIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
  }
}
