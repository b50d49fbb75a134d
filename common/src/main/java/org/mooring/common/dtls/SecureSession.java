// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * One DTLS session after its handshake. It stays the same object while the peer's address moves
 * under a connection id, and is another one after a resumption.
 */
public interface SecureSession {
  /** Identifies the session and the handshake that made it, for maps and logs; not a secret. */
  String id();

  /**
   * What authenticated the client: the psk_identity as the handshake carried it, or the identity
   * that a {@link CertificateLookup} gave for its certificate.
   */
  String clientIdentity();

  /** What the client showed, its own certificate first; empty where a key authenticated it. */
  default List<X509Certificate> clientCertificates() {
    return List.of();
  }

  /** The SNI host name the client sent. */
  Optional<Fqdn> serverName();

  /** Whether an abbreviated handshake made this session: nothing may be exported from it then. */
  boolean isResumed();

  /**
   * The peer's newest address. Under a connection id it is whatever the newest record came from,
   * which the peer may have forged.
   */
  InetSocketAddress peer();

  /** The address at which the peer took part in the handshake, so that it received there. */
  InetSocketAddress handshakePeer();

  /**
   * Exports 48 octets without a context value (RFC 5705, TS-0003 clause 10.3.1) and splits them.
   *
   * @throws IllegalStateException on a resumed or closed session
   */
  ExportedKey export(ExporterLabel label);

  /**
   * The {@code tls-exporter} channel binding (RFC 9266): 32 octets, zero-length context.
   *
   * @throws IllegalStateException on a closed session
   */
  byte[] channelBinding();

  /**
   * Sends a request to the peer over this session and no other; no handshake is made for it. It is
   * given up, and not repeated on the wire any longer, where the future behind the stage is
   * completed before the answer came: by a time-out on it, or a cancellation.
   *
   * <p>Fails with {@link NoAnswerException} where the session has ended or no answer came, or with
   * {@code RefusedException} as {@link SecureEndpoint#send} does.
   */
  CompletionStage<ResponsePrimitive> send(RequestPrimitive request);

  /** Ends the session with a close_notify; a closed session can not be resumed. */
  void close();
}
