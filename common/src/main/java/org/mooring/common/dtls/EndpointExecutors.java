// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.eclipse.californium.elements.util.ExecutorsUtil;
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

  private static final long CLOSE_WITHIN_MILLIS = 1_000;

  /** A split pool gives each of its two halves half of the time. */
  private static final long CLOSE_BOTH_WITHIN_MILLIS = 2 * CLOSE_WITHIN_MILLIS;

  /** Daemon threads, {@code threads} of them for {@code main}. */
  public static EndpointExecutors create(String name, int threads) {
    return new EndpointExecutors(pool(name + "-", threads), secondary(name), null);
  }

  /**
   * Daemon threads for an endpoint with many peers, {@code threads} of them for {@code main} and
   * one more for its timers.
   */
  public static EndpointExecutors createForMany(String name, int threads) {
    return new EndpointExecutors(splitPool(name, threads), secondary(name), null);
  }

  /**
   * Like {@link #createForMany}, with one more that receives for all endpoints: the number of
   * threads does not grow with theirs.
   *
   * @throws java.io.UncheckedIOException if no selector is to be had
   */
  public static EndpointExecutors createWithReceiver(String name, int threads) {
    return new EndpointExecutors(
        splitPool(name, threads), secondary(name), SharedReceiver.open(name + "-receiver"));
  }

  /**
   * Californium's own: what is to run at once does not pass through the timers' queue, in which
   * each task finds its place by its time under one lock.
   */
  private static ScheduledExecutorService splitPool(String name, int threads) {
    return ExecutorsUtil.newScheduledThreadPool(threads + 1, new DaemonThreadFactory(name + "-"));
  }

  private static ScheduledExecutorService secondary(String name) {
    return pool(name + "-secondary-", 1);
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
      var unused = main.awaitTermination(CLOSE_BOTH_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
      unused = secondary.awaitTermination(CLOSE_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
