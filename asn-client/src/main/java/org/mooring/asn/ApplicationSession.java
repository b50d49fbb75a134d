// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * An application's own association with the node's registrar or another entity, by a key that the
 * MAF distributed to its Ka. Requests in it speak for the AE alone, not for the node.
 *
 * <p>It outlives these keys: before the distributed one ends, and once the instance has another Ka,
 * it moves to the next association. Requests under way are answered in the one before. Where tokens
 * say that instances share, sessions with the registrar stand on the association of one of them.
 */
public final class ApplicationSession implements Sender, AutoCloseable {
  private final AeId ae;
  private final SharedAssociation association;
  private boolean closed;

  /**
   * @param association that counts this session among its users
   */
  ApplicationSession(AeId ae, SharedAssociation association) {
    this.ae = ae;
    this.association = association;
  }

  /** The AE-ID that the other end knows it by, SP-relative: From of its requests. */
  public AeId ae() {
    return ae;
  }

  /**
   * Sends a request; where the other end forgot the session, it is resumed or made anew. One
   * without From is sent with the AE-ID.
   *
   * <p>Fails with {@code NoAnswerException} or {@code HandshakeFailedException}: then open another
   * one, since the keys may have ended.
   */
  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return association.send(
        request.from().isPresent() ? request : request.toBuilder().from(ae.value()).build());
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      association.leave();
    }
  }
}
