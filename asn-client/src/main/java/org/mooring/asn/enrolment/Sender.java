// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.enrolment;

import java.util.concurrent.CompletionStage;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** Something that carries requests to one function. */
@FunctionalInterface
public interface Sender {
  /** Fails with {@code NoAnswerException} or {@code HandshakeFailedException}. */
  CompletionStage<ResponsePrimitive> send(RequestPrimitive request);

  /** Sends; fails with {@link RefusedAnswerException} too, where the answer is no success. */
  default CompletionStage<ResponsePrimitive> require(RequestPrimitive request) {
    return send(request)
        .thenApply(
            answer -> {
              if (!answer.status().isSuccess()) {
                throw new RefusedAnswerException(answer);
              }
              return answer;
            });
  }
}
