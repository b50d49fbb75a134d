// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mooring.common.primitive.Refusal;

/**
 * Has requests about one thing go on one after the other: the next one once what the registrar
 * answered to the last is kept here. So this CSE and its registrar decide in the same order, though
 * answers may overtake each other on their way to the store.
 */
public final class Turns {
  /** Requests about one thing that are under way or wait. */
  static final int MOST = 8;

  private final Map<String, Line> lines = new HashMap<>();

  /**
   * Those who ask about one thing.
   *
   * @param size how many there are
   * @param last completes once the last of them has its answer
   */
  private record Line(int size, CompletableFuture<Void> last) {}

  /**
   * Does a piece of work when its turn comes; at once if none about the same thing is under way.
   *
   * <p>Fails with {@code RefusedException} NOT_REACHABLE where too many wait, and as the work does.
   */
  public <T> CompletionStage<T> inTurn(String about, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    Line ahead;
    synchronized (this) {
      ahead = lines.getOrDefault(about, new Line(0, CompletableFuture.completedFuture(null)));
      if (ahead.size() == MOST) {
        return CompletableFuture.failedStage(Refusal.NOT_REACHABLE.of("registrar (too many ask)"));
      }
      lines.put(about, new Line(ahead.size() + 1, mine));
    }
    return ahead
        .last()
        .thenCompose(free -> work.get())
        .whenComplete((answer, failure) -> end(about, mine));
  }

  private void end(String about, CompletableFuture<Void> turn) {
    synchronized (this) {
      lines.computeIfPresent(
          about, (key, line) -> line.size() == 1 ? null : new Line(line.size() - 1, line.last()));
    }
    turn.complete(null);
  }
}
