// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
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

  /** … that one who asks has of them, so that others are heard as well. */
  static final int MOST_OF_ONE = MOST / 2;

  private final Map<String, Line> lines = new HashMap<>();

  /**
   * Those who ask about one thing.
   *
   * @param askers who they are, each once for each of its requests
   * @param last completes once the last of them has its answer
   */
  private record Line(List<String> askers, CompletableFuture<Void> last) {
    boolean hasRoomFor(String asker) {
      return askers.size() < MOST && Collections.frequency(askers, asker) < MOST_OF_ONE;
    }
  }

  /**
   * Does a piece of work when its turn comes; at once if none about the same thing is under way.
   *
   * <p>Fails with {@code RefusedException} NOT_REACHABLE where too many wait, and as the work does.
   *
   * @param asker whose piece of work it is
   */
  public <T> CompletionStage<T> inTurn(
      String about, String asker, Supplier<CompletionStage<T>> work) {
    CompletableFuture<Void> mine = new CompletableFuture<>();
    Line ahead;
    synchronized (this) {
      ahead =
          lines.getOrDefault(about, new Line(List.of(), CompletableFuture.completedFuture(null)));
      if (!ahead.hasRoomFor(asker)) {
        return CompletableFuture.failedStage(Refusal.NOT_REACHABLE.of("registrar (too many ask)"));
      }
      List<String> askers = new ArrayList<>(ahead.askers());
      askers.add(asker);
      lines.put(about, new Line(askers, mine));
    }
    return ahead
        .last()
        .thenCompose(free -> work.get())
        .whenComplete((answer, failure) -> end(about, asker, mine));
  }

  private void end(String about, String asker, CompletableFuture<Void> turn) {
    synchronized (this) {
      lines.computeIfPresent(
          about,
          (key, line) -> {
            List<String> others = new ArrayList<>(line.askers());
            others.remove(asker);
            return others.isEmpty() ? null : new Line(others, line.last());
          });
    }
    turn.complete(null);
  }
}
