// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread at a time that talks to cards: PC/SC has no time-outs, and a reader that another
 * program holds would hold the node for ever.
 */
final class CardThread {
  private final Duration patience;
  private final Semaphore free = new Semaphore(1);

  CardThread(Duration patience) {
    this.patience = patience;
  }

  /** The same card, which answers within the patience or counts as not there. */
  SmartCard bounding(SmartCard card) {
    return new SmartCard() {
      @Override
      public <T> T alone(Exchange<T> exchange) {
        return bounded(card, exchange);
      }
    };
  }

  private <T> T bounded(SmartCard card, SmartCard.Exchange<T> exchange) {
    FutureTask<T> answer = new FutureTask<>(() -> card.alone(exchange));
    try {
      if (!free.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw doesNotAnswer();
      }
      start(answer);
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw doesNotAnswer();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsimUnavailableException("usim: the node is being stopped");
    }
  }

  private void start(FutureTask<?> work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } finally {
                free.release();
              }
            },
            "card-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private static UsimUnavailableException doesNotAnswer() {
    return new UsimUnavailableException(
        "usim: the card reader does not answer, see who else uses it");
  }
}
