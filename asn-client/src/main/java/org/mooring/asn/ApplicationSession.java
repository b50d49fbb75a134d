// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.concurrent.CompletionStage;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * An application's own association with the node's registrar or another entity, by a key that the
 * MAF distributed to its Ka. Requests in it speak for the AE alone, not for the node.
 */
public final class ApplicationSession implements Sender, AutoCloseable {
  private final AeId ae;
  private final AssociationLink link;

  ApplicationSession(AeId ae, AssociationLink link) {
    this.ae = ae;
    this.link = link;
  }

  /** The AE-ID that the other end knows it by, SP-relative: what a request has in From. */
  public AeId ae() {
    return ae;
  }

  /**
   * Sends a request; where the other end forgot the session, it is resumed or made anew.
   *
   * <p>Fails with {@code NoAnswerException} or {@code HandshakeFailedException}: then open another
   * one, since the keys may have ended.
   */
  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return link.send(request);
  }

  @Override
  public void close() {
    link.close();
  }
}
