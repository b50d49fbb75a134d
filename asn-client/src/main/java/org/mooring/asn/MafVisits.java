// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.TrafficMeter;

/** The session with the MAF, handed from one step to the next where they follow at once. */
final class MafVisits implements AutoCloseable {
  private @Nullable Visit standing;
  private boolean closed;

  /**
   * A step in a session.
   *
   * @param session made by a full handshake, from which nothing was exported
   * @param before what had passed the socket when the step began
   */
  record Visit(Exchange exchange, SecureSession session, TrafficMeter.Reading before) {
    /** What the step took. */
    TrafficMeter.Reading traffic() {
      return exchange.traffic().minus(before);
    }
  }

  /** In the session that stands, else in one that is connected now. */
  CompletionStage<Visit> begin(Supplier<Exchange> opener) {
    Optional<Visit> left = take();
    return left.isPresent()
        ? CompletableFuture.completedFuture(
            new Visit(left.get().exchange(), left.get().session(), left.get().exchange().traffic()))
        : connected(opener.get());
  }

  /** In a session of its own. */
  CompletionStage<Visit> connected(Exchange exchange) {
    return exchange
        .connect()
        .thenApply(session -> new Visit(exchange, session, TrafficMeter.Reading.ZERO))
        .whenComplete(
            (visit, failure) -> {
              if (failure != null) {
                exchange.close();
              }
            });
  }

  /** Performs a step in a visit; what goes well leaves the session to the next step. */
  CompletionStage<StepReport> within(
      CompletionStage<Visit> begun, Function<Visit, CompletionStage<StepReport>> step) {
    return begun.thenCompose(
        visit ->
            CompletableFuture.completedFuture(visit)
                .thenCompose(step)
                .whenComplete(
                    (report, failure) -> {
                      if (failure == null) {
                        keep(visit);
                      } else {
                        visit.exchange().close();
                      }
                    }));
  }

  private synchronized void keep(Visit visit) {
    if (closed) {
      visit.exchange().close();
      return;
    }
    standing = visit;
  }

  private synchronized Optional<Visit> take() {
    Optional<Visit> left = Optional.ofNullable(standing);
    standing = null;
    return left;
  }

  /** Closes the session where a step left one open. */
  void drop() {
    take().ifPresent(visit -> visit.exchange().close());
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }
}
