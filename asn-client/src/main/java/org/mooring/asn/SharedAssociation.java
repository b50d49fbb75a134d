// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * What the sessions of applications stand on: one association after the other, each by the keys of
 * its time. It has one session to begin with and is closed with the last.
 */
final class SharedAssociation {
  private final Source source;
  private final Consumer<SharedAssociation> onClosed;
  private final Alarm alarm;
  private ApplicationLink link;
  private int sessions = 1;
  private int failures;
  private boolean moving;
  private boolean closed;

  /** Where its associations come from. */
  interface Source {
    /** Whether an instance shares them, which it does from then on. */
    boolean admits(AppInstanceId id);

    /** Opens another one by the keys of the moment. */
    CompletionStage<ApplicationLink> open();

    /** How long one may stand as things are; none or less: it is to be replaced. */
    Duration rest(ApplicationLink link);
  }

  /**
   * @param first the association that stands
   * @param onClosed told once
   */
  SharedAssociation(
      Source source,
      ApplicationLink first,
      ScheduledExecutorService scheduler,
      Consumer<SharedAssociation> onClosed) {
    this.source = source;
    this.link = first;
    this.onClosed = onClosed;
    this.alarm = new Alarm(scheduler, this::look);
  }

  /** Counts one session more, that of an instance which shares it; not if it is closed. */
  synchronized boolean join(AppInstanceId id) {
    boolean joins = !closed && source.admits(id);
    sessions += joins ? 1 : 0;
    return joins;
  }

  /** Counts one less. */
  void leave() {
    boolean isLast;
    synchronized (this) {
      sessions--;
      isLast = sessions == 0;
    }
    if (isLast) {
      close();
    }
  }

  CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
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
          CompletableFuture.completedFuture(source)
              .thenCompose(Source::open)
              .whenComplete(this::moved);
    }
  }

  private synchronized boolean isToMove() {
    if (closed || moving) {
      return false;
    }
    Duration left = source.rest(link);
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

  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      alarm.stop();
      link.close();
    }
    onClosed.accept(this);
  }
}
