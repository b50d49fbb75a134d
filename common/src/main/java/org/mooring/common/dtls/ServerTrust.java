// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.security.cert.X509Certificate;
import java.util.List;
import org.mooring.common.certificate.PublicKeyId;

/** By what a client knows a server that it shares no key with (TS-0003 clause 8.1.2.4). */
public sealed interface ServerTrust {
  /**
   * By a certificate of one of these CAs, with the name that is asked for.
   *
   * @param certificates the CAs'
   */
  record Authorities(List<X509Certificate> certificates) implements ServerTrust {
    /**
     * @throws IllegalArgumentException if there is none
     */
    public Authorities {
      certificates = List.copyOf(certificates);
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException("trust: give at least one certificate");
      }
    }
  }

  /** By its public key, shown raw. */
  record PinnedKey(PublicKeyId id) implements ServerTrust {}
}
