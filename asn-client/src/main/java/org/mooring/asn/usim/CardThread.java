// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one thread that talks to cards: PC/SC has no time-outs, and a reader that another program
 * holds would hold the node for ever. It ends when nothing is asked.
 */
final class CardThread {
  private static final long IDLE_SECONDS = 10;

  private final Duration patience;
  private final ThreadPoolExecutor thread;

  CardThread(Duration patience) {
    this.patience = patience;
    this.thread =
        new ThreadPoolExecutor(
            0, 1, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), CardThread::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread made = new Thread(work, "card-reader");
    made.setDaemon(true);
    return made;
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
    try {
      Future<T> answer = thread.submit(() -> card.alone(exchange));
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException | TimeoutException e) {
      throw new UsimUnavailableException(
          "usim: the card reader does not answer, see who else uses it");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UsimUnavailableException("usim: the node is being stopped");
    }
  }
}
