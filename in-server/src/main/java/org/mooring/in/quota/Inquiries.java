// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.quota;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.primitive.Failures;

/**
 * What is being asked of another server, such as an operator's BSF, at the word of clients that
 * have proved nothing: each question once at a time, so many overall and so many for one source,
 * and one that was refused not again for some seconds. What this server asks of its own accord has
 * to wait for none of them.
 *
 * @param <Q> a question
 */
public final class Inquiries<Q> {
  static final int OPEN = 128;
  static final int OPEN_OF_SOURCE = 32;
  static final Duration REFUSED_FOR = Duration.ofSeconds(5);

  /** The refusals that are remembered; an older one is asked about again. */
  private static final int REFUSED = 10_000;

  private final String asked;
  private final InstantSource clock;
  private final Map<Q, CompletableFuture<Void>> open = new HashMap<>();
  private final Map<ByteBuffer, Integer> openOfSource = new HashMap<>();
  private final Map<Q, Refused> refused = new LatestEntries<>(REFUSED);

  /**
   * @param asked who is asked, as reasons name it
   */
  public Inquiries(String asked, InstantSource clock) {
    this.asked = asked;
    this.clock = clock;
  }

  private record Refused(String reason, Instant until) {}

  /**
   * Asks, or waits for the answer to the same question.
   *
   * @param source what all addresses of the host have in common at whose word it is asked
   * @param asking must not wait
   * @return completes once the answer was taken; fails with {@link Unusable} where it was refused,
   *     now or just before, or too much is being asked
   */
  public CompletionStage<Void> ask(
      Q question, ByteBuffer source, Supplier<? extends CompletionStage<?>> asking) {
    return begin(question, Optional.of(source), asking);
  }

  /**
   * Asks at nobody's word, or waits for the answer to the same question. Neither what strangers
   * have asked nor what was refused them stands in the way; whoever calls bounds what it asks at
   * once.
   *
   * @param asking must not wait
   * @return completes once the answer was taken; fails with {@link Unusable} where it was refused
   *     now
   */
  public CompletionStage<Void> ask(Q question, Supplier<? extends CompletionStage<?>> asking) {
    return begin(question, Optional.empty(), asking);
  }

  private CompletionStage<Void> begin(
      Q question, Optional<ByteBuffer> source, Supplier<? extends CompletionStage<?>> asking) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    synchronized (this) {
      CompletableFuture<Void> underWay = open.get(question);
      if (underWay != null) {
        return underWay;
      }
      Optional<String> obstacle = source.flatMap(stranger -> obstacle(question, stranger));
      if (obstacle.isPresent()) {
        return CompletableFuture.failedStage(new Unusable(obstacle.get()));
      }
      open.put(question, answer);
      source.ifPresent(stranger -> openOfSource.merge(stranger, 1, Integer::sum));
    }
    var unused =
        asking.get().whenComplete((taken, failure) -> end(question, source, answer, failure));
    return answer;
  }

  private Optional<String> obstacle(Q question, ByteBuffer source) {
    Refused before = refused.get(question);
    if (before != null && clock.instant().isBefore(before.until())) {
      return Optional.of(before.reason());
    }
    boolean isTooMuch =
        open.size() >= OPEN || openOfSource.getOrDefault(source, 0) >= OPEN_OF_SOURCE;
    return isTooMuch ? Optional.of("too much is being asked of " + asked) : Optional.empty();
  }

  private void end(
      Q question, Optional<ByteBuffer> source, CompletableFuture<Void> answer, Throwable failure) {
    Throwable cause = Failures.causeOf(failure);
    synchronized (this) {
      open.remove(question);
      source.ifPresent(this::endOne);
      refused.remove(question);
      if (cause instanceof Unusable unusable) {
        refused.put(
            question,
            new Refused(String.valueOf(unusable.getMessage()), clock.instant().plus(REFUSED_FOR)));
      }
    }
    if (cause == null) {
      answer.complete(null);
    } else {
      answer.completeExceptionally(cause);
    }
  }

  private void endOne(ByteBuffer source) {
    openOfSource.computeIfPresent(source, (from, count) -> count == 1 ? null : count - 1);
  }
}
