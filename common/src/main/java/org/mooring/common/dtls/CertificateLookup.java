// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.Fqdn;

/**
 * Judges the certificate of a client. It is called on a DTLS thread and must not wait for anything;
 * the answer may come from any thread, later.
 */
@FunctionalInterface
public interface CertificateLookup {

  /**
   * What the client showed.
   *
   * @param chain its certificate first, as received; that it holds the key is proved later
   * @param serverName the SNI host name, absent if none was sent or it is no domain name
   * @param peer the client's address
   */
  record Query(List<X509Certificate> chain, Optional<Fqdn> serverName, InetSocketAddress peer) {}

  /**
   * The identity under which the client is known, which the session bears. A stage that fails lets
   * the handshake fail, whatever the reason, with the same alert; one that fails with {@link
   * CredentialLookup.Unusable} has its reason recorded.
   */
  CompletionStage<String> identify(Query query);
}
