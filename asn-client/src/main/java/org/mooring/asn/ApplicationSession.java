// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * An application's own association with the node's registrar or another entity, by a key that the
 * MAF distributed to its Ka. Requests in it speak for the AE alone, not for the node.
 *
 * <p>It outlives these keys: before the distributed one ends, and once the instance has another Ka,
 * it moves to the next association. Requests under way are answered in the one before.
 */
public final class ApplicationSession implements Sender, AutoCloseable {
  private final AeId ae;
  private final Supplier<CompletionStage<ApplicationLink>> opener;
  private final Function<ApplicationLink, Duration> rest;
  private final Consumer<ApplicationSession> onClosed;
  private final Alarm alarm;
  private ApplicationLink link;
  private int failures;
  private boolean moving;
  private boolean closed;

  /**
   * @param first the association that stands
   * @param opener opens another one by the keys of the moment
   * @param rest how long one may stand as things are; none or less: it is to be replaced
   */
  ApplicationSession(
      AeId ae,
      ApplicationLink first,
      Supplier<CompletionStage<ApplicationLink>> opener,
      Function<ApplicationLink, Duration> rest,
      ScheduledExecutorService scheduler,
      Consumer<ApplicationSession> onClosed) {
    this.ae = ae;
    this.link = first;
    this.opener = opener;
    this.rest = rest;
    this.onClosed = onClosed;
    this.alarm = new Alarm(scheduler, this::look);
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
    ApplicationLink taken;
    synchronized (this) {
      taken = link;
      taken.take();
    }
    return taken.send(request);
  }

  /** Moves to the next association where that is due, else looks again when it will be. */
  void look() {
    if (isToMove()) {
      var unused =
          CompletableFuture.completedFuture(ae)
              .thenCompose(same -> opener.get())
              .whenComplete(this::moved);
    }
  }

  private synchronized boolean isToMove() {
    if (closed || moving) {
      return false;
    }
    Duration left = rest.apply(link);
    moving = left.isZero() || left.isNegative();
    if (!moving) {
      alarm.setAfterRest(left);
    }
    return moving;
  }

  private void moved(@Nullable ApplicationLink next, @Nullable Throwable failure) {
    synchronized (this) {
      moving = false;
      if (next == null) {
        failures++;
        tryLater();
        return;
      }
      failures = 0;
      link.retire();
      link = next;
      if (closed) {
        link.close();
      }
    }
    look();
  }

  private void tryLater() {
    if (!closed) {
      alarm.setIn(Backoff.DEFAULT.after(failures, ThreadLocalRandom.current()));
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      alarm.stop();
      link.close();
    }
    onClosed.accept(this);
  }
}
