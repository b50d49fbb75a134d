// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.Fqdn;

/**
 * Judges the certificate or raw public key of a client. It is called on a DTLS thread and must not
 * wait for anything; the answer may come from any thread, later.
 */
@FunctionalInterface
public interface CertificateLookup {

  /**
   * What a client showed to be known by (TS-0003 clause 8.1.2.1); that it holds the key is proved
   * later.
   */
  sealed interface Shown {
    /**
     * A certificate.
     *
     * @param certificates its own first, as received
     */
    record Chain(List<X509Certificate> certificates) implements Shown {}

    /** A raw public key (RFC 7250). */
    record RawPublicKey(PublicKey key) implements Shown {}
  }

  /**
   * What is asked.
   *
   * @param serverName the SNI host name, absent if none was sent or it is no domain name
   * @param peer the client's address
   */
  record Query(Shown shown, Optional<Fqdn> serverName, InetSocketAddress peer) {}

  /**
   * The identity under which the client is known, which the session bears. A stage that fails lets
   * the handshake fail, whatever the reason, with the same alert; one that fails with {@link
   * CredentialLookup.Unusable} has its reason recorded.
   */
  CompletionStage<String> identify(Query query);
}
