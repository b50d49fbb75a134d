// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.security.cert.X509Certificate;
import java.util.List;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * What a client shows and proves in a handshake with certificates on both sides.
 *
 * @param identity under which the server knows the certificate's name
 * @param own the client's certificate and key
 * @param trusted the CAs of which the server's certificate has to be
 */
public record CertificateCredential(
    KeyIdentifier identity, CertificateIdentity own, List<X509Certificate> trusted)
    implements EndpointCredential {

  /**
   * @throws IllegalArgumentException if no CA is trusted
   */
  public CertificateCredential {
    trusted = List.copyOf(trusted);
    if (trusted.isEmpty()) {
      throw new IllegalArgumentException("trust: give at least one certificate");
    }
  }
}
