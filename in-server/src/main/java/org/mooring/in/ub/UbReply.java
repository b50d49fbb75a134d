// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.ub;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.in.bsf.Bootstrapping;
import org.mooring.in.bsf.UbAnswer;

/**
 * An answer as both protocols have it.
 *
 * @param status as HTTP has it
 * @param field the value of the header field for authentication, empty where there is none
 * @param content the document, or one line that tells what to do
 */
record UbReply(int status, String field, byte[] content) {
  static final int OK = 200;
  static final int BAD_REQUEST = 400;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int TRY_LATER = 503;

  /** Answers requests; busy servers turn them away before they cost anything. */
  static final class Source {
    private final Bootstrapping bootstrapping;
    private final BooleanSupplier hasTime;

    /**
     * @param hasTime whether there is time for newcomers
     */
    Source(Bootstrapping bootstrapping, BooleanSupplier hasTime) {
      this.bootstrapping = bootstrapping;
      this.hasTime = hasTime;
    }

    /**
     * @param authorization the value of {@code Authorization}
     * @param peer the address that asks
     */
    CompletionStage<UbReply> to(String authorization, String peer) {
      if (!hasTime.getAsBoolean()) {
        return CompletableFuture.completedStage(of(new UbAnswer.TryLater()));
      }
      try {
        return bootstrapping
            .handle(DigestCredentials.parse(authorization), peer)
            .thenApply(UbReply::of);
      } catch (IllegalArgumentException e) {
        return CompletableFuture.completedStage(text(BAD_REQUEST, String.valueOf(e.getMessage())));
      }
    }
  }

  private static UbReply of(UbAnswer answer) {
    if (answer instanceof UbAnswer.Challenged challenged) {
      return new UbReply(UNAUTHORIZED, challenged.challenge().toString(), new byte[0]);
    }
    if (answer instanceof UbAnswer.Bootstrapped done) {
      return new UbReply(OK, done.confirmation().toString(), done.document());
    }
    return answer instanceof UbAnswer.TryLater
        ? text(TRY_LATER, "try again in some seconds")
        : text(FORBIDDEN, "this subscription is not authenticated here");
  }

  private static UbReply text(int status, String line) {
    return new UbReply(status, "", line.getBytes(StandardCharsets.UTF_8));
  }
}
