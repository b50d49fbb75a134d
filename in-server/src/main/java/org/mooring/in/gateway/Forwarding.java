// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * Sends requests on to another CSE and its answers back, whatever they are (TS-0004 clause
 * 7.3.2.6). Nobody waits longer than the request may take.
 */
public final class Forwarding {
  /** Below the 25 s that an ASN-CSE waits, so that it hears of it. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final String peer;
  private final Sender association;
  private final Supplier<CompletionStage<Void>> announced;
  private final InstantSource clock;

  private Forwarding(
      String peer,
      Sender association,
      Supplier<CompletionStage<Void>> announced,
      InstantSource clock) {
    this.peer = peer;
    this.association = association;
    this.announced = announced;
    this.clock = clock;
  }

  /**
   * To the registrar.
   *
   * @param announced completes once it was told whose requests come over the association
   * @param clock the registrar's time as far as known, by which it takes requests for expired
   */
  public static Forwarding up(
      Sender association, Supplier<CompletionStage<Void>> announced, InstantSource clock) {
    return new Forwarding("registrar", association, announced, clock);
  }

  /** To a CSE that is registered here, over the association that it made. */
  static Forwarding down(Sender association, InstantSource clock) {
    return new Forwarding("To", association, () -> CompletableFuture.completedStage(null), clock);
  }

  /**
   * Sends a request that was made ready for it. Never waits.
   *
   * <p>Fails with {@link RefusedException}: REQUEST_EXPIRED if no answer came before the Request
   * Expiration Timestamp, NOT_REACHABLE if there is no association, it broke, or none came in 20 s.
   *
   * @param originalId the Request Identifier that the answer is to have
   */
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request, String originalId) {
    return send(request, originalId, request.requestExpiration());
  }

  /**
   * As {@link #send}, for what must not be done once its answer was given up: however late it
   * comes, or is repeated, the other end refuses it then (REQUEST_TIMEOUT).
   */
  CompletionStage<ResponsePrimitive> sendWhileAwaited(RequestPrimitive request, String originalId) {
    RequestPrimitive ending = request.expiringBy(clock.instant().plus(PATIENCE));
    return send(ending, originalId, request.requestExpiration());
  }

  /**
   * @param expiration as its originator gave it, who is told that it expired
   */
  private CompletionStage<ResponsePrimitive> send(
      RequestPrimitive request, String originalId, Optional<Instant> expiration) {
    Duration left = expiration.map(end -> Duration.between(clock.instant(), end)).orElse(PATIENCE);
    if (left.isNegative() || left.isZero()) {
      throw expired();
    }
    boolean expiresFirst = left.compareTo(PATIENCE) < 0;
    Instant latest = clock.instant().plus(expiresFirst ? left : PATIENCE);
    return announced
        .get()
        .thenCompose(told -> sentBefore(latest, request))
        .thenApply(answer -> answer.withRequestId(originalId))
        .toCompletableFuture()
        .orTimeout((expiresFirst ? left : PATIENCE).toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(
            failure -> {
              throw new CompletionException(refusal(Failures.causeOf(failure), expiresFirst));
            });
  }

  /** What was told to have failed is not sent afterwards, nor waited for by the association. */
  private CompletionStage<ResponsePrimitive> sentBefore(Instant latest, RequestPrimitive request) {
    Duration left = Duration.between(clock.instant(), latest);
    return left.isNegative() || left.isZero()
        ? CompletableFuture.failedStage(new TimeoutException())
        : association
            .send(request)
            .toCompletableFuture()
            .orTimeout(left.toMillis(), TimeUnit.MILLISECONDS);
  }

  private RefusedException refusal(Throwable cause, boolean expiresFirst) {
    if (cause instanceof RefusedException refused) {
      return refused;
    }
    return cause instanceof TimeoutException && expiresFirst
        ? expired()
        : Refusal.NOT_REACHABLE.of(peer);
  }

  private static RefusedException expired() {
    return Refusal.REQUEST_EXPIRED.of("Request Expiration Timestamp");
  }
}
