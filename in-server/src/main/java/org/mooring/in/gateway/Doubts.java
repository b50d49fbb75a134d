// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.mooring.common.identifier.AeId;

/**
 * Questions about AEs, of which one about each is under way and one waits at most. The answer to
 * one that is under way may be older than what a further one is asked for, so that waits; whoever
 * asks while it does has its answer.
 */
final class Doubts {
  private final Function<AeId, CompletionStage<Void>> question;
  private final Set<AeId> underWay = new HashSet<>();
  private final Map<AeId, CompletableFuture<Void>> waiting = new HashMap<>();

  /**
   * @param question asks about an AE; never waits
   */
  Doubts(Function<AeId, CompletionStage<Void>> question) {
    this.question = question;
  }

  /** Completes as a question does that was asked no earlier than now. */
  CompletionStage<Void> about(AeId ae) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    synchronized (this) {
      if (!underWay.add(ae)) {
        return waiting.computeIfAbsent(ae, key -> mine);
      }
    }
    ask(ae, mine);
    return mine;
  }

  private void ask(AeId ae, CompletableFuture<Void> mine) {
    var unused =
        CompletableFuture.completedFuture(ae)
            .thenCompose(question)
            .whenComplete(
                (done, failure) -> {
                  askNext(ae);
                  if (failure == null) {
                    mine.complete(null);
                  } else {
                    mine.completeExceptionally(failure);
                  }
                });
  }

  private void askNext(AeId ae) {
    CompletableFuture<Void> next;
    synchronized (this) {
      next = waiting.remove(ae);
      if (next == null) {
        underWay.remove(ae);
        return;
      }
    }
    ask(ae, next);
  }
}
