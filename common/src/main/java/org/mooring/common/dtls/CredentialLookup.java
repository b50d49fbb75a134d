// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;

/**
 * Where a server finds the key for a psk_identity (RFC 4279). It is called on a DTLS thread and
 * must return at once; the answer may come from any thread, later.
 */
@FunctionalInterface
public interface CredentialLookup {

  /**
   * What the client showed.
   *
   * @param identity the psk_identity, valid UTF-8 of 1 to 128 octets, exactly as received
   * @param serverName the SNI host name, absent if none was sent or it is no domain name
   * @param forwardSecret whether the cipher suite adds an ECDHE exchange
   * @param peer the client's address
   */
  record Query(
      String identity, Optional<Fqdn> serverName, boolean forwardSecret, InetSocketAddress peer) {
    /** What all addresses of the client's host have in common. */
    public ByteBuffer source() {
      return HalfOpenHandshakes.sourceOf(peer);
    }
  }

  /**
   * The key, or empty to let the handshake fail the way it fails for a wrong key. A stage that
   * fails counts as empty; one that fails with {@link Unusable} has its reason recorded.
   */
  CompletionStage<Optional<SecretKeyBytes>> lookup(Query query);

  /** Why an identity opens no session: for the record, never for the peer. */
  class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason one line without secrets
     */
    public Unusable(String reason) {
      super(reason, null, false, false);
    }
  }
}
