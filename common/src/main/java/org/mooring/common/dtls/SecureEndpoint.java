// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.concurrent.CompletionStage;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * A client's end of one DTLS session with one function: it sends request primitives and answers
 * asynchronously. It owns a local UDP port until closed.
 *
 * <p>No method blocks; stages complete on the endpoint's executor.
 */
public interface SecureEndpoint extends AutoCloseable {

  /**
   * Has requests answered that the server sends over the session; without this they are rejected.
   * To be called before the first handshake.
   */
  void serve(RequestHandler handler);

  /**
   * Makes a full handshake, or gives the session that stands.
   *
   * <p>Fails with {@link HandshakeFailedException}.
   */
  CompletionStage<SecureSession> connect();

  /**
   * Asks for an abbreviated handshake of the same session, for when the server forgot the
   * connection; the server may turn it into a full one.
   *
   * <p>Fails with {@link HandshakeFailedException}.
   */
  CompletionStage<SecureSession> resume();

  /**
   * Sends a request over the session, making a full handshake first where none stands.
   *
   * <p>Fails with {@link HandshakeFailedException}, with {@link NoAnswerException} after the last
   * retransmission went unanswered, or with {@code RefusedException} for a request that has no CoAP
   * form or an answer that can not be read; {@code ANSWER_TOO_LARGE} for one above 2 MiB.
   */
  CompletionStage<ResponsePrimitive> send(RequestPrimitive request);

  /** Sends a request that carries no primitive; fails as {@link #send}. */
  CompletionStage<BareResponse> exchange(BareRequest request);

  /** What passed this endpoint's socket since it was opened. */
  TrafficMeter.Reading traffic();

  /** Sends close_notify and frees the port. Returns at once; pending stages fail. */
  @Override
  void close();
}
