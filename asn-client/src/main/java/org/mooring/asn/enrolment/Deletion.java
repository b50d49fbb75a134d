// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.util.concurrent.CompletionStage;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** DELETE of something of the node's own, where all that counts is that it is gone. */
public final class Deletion {
  private Deletion() {}

  /** Fails with {@link RefusedAnswerException} where it is there and stays. */
  public static CompletionStage<Void> of(Sender sender, String address) {
    return of(sender, RequestPrimitive.builder(Operation.DELETE, address, RequestIds.random()));
  }

  /** The same with a request that says more than the address. */
  public static CompletionStage<Void> of(Sender sender, RequestPrimitive.Builder request) {
    return sender
        .send(request.build())
        .thenAccept(
            answer -> {
              boolean isGone =
                  answer.status().isSuccess() || answer.status() == ResponseStatusCode.NOT_FOUND;
              if (!isGone) {
                throw new RefusedAnswerException(answer);
              }
            });
  }
}
