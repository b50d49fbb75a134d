// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads that endpoints share. A connector adds one of its own that receives, unless they
 * share that one too.
 *
 * @param main runs DTLS, CoAP and the stages that endpoints complete
 * @param secondary runs rare, longer tasks, such as sweeping old exchanges and closing
 * @param receiver receives for all; null where each connector does so itself
 */
public record EndpointExecutors(
    ScheduledExecutorService main,
    ScheduledExecutorService secondary,
    @Nullable SharedReceiver receiver)
    implements AutoCloseable {

  private static final long CLOSE_WITHIN_SECONDS = 1;

  /** Daemon threads, {@code threads} of them for {@code main}. */
  public static EndpointExecutors create(String name, int threads) {
    return create(name, threads, null);
  }

  /**
   * Daemon threads, {@code threads} of them for {@code main}, and one that receives: their number
   * does not grow with that of the endpoints.
   *
   * @throws java.io.UncheckedIOException if no selector is to be had
   */
  public static EndpointExecutors createWithReceiver(String name, int threads) {
    return create(name, threads, SharedReceiver.open(name + "-receiver"));
  }

  private static EndpointExecutors create(
      String name, int threads, @Nullable SharedReceiver receiver) {
    return new EndpointExecutors(
        pool(name + "-", threads), pool(name + "-secondary-", 1), receiver);
  }

  private static ScheduledExecutorService pool(String prefix, int threads) {
    ScheduledThreadPoolExecutor pool =
        new ScheduledThreadPoolExecutor(threads, new DaemonThreadFactory(prefix));
    pool.setRemoveOnCancelPolicy(true);
    return pool;
  }

  /** Stops all; what they run gets a second to end. */
  @Override
  public void close() {
    if (receiver != null) {
      receiver.close();
    }
    main.shutdownNow();
    secondary.shutdownNow();
    try {
      var unused = main.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
      unused = secondary.awaitTermination(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
