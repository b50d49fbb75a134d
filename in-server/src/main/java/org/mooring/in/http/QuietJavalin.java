// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.http;

import io.javalin.config.JavalinConfig;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** What every HTTP server of this program has in common. */
public final class QuietJavalin {
  private static final int MAX_THREADS = 16;
  private static final int MIN_THREADS = 4;

  private QuietJavalin() {}

  /** No banner and few threads of its own, which no request holds while it waits. */
  public static void configure(JavalinConfig config, String threadName) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
    threads.setName(threadName);
    config.jetty.threadPool = threads;
  }
}
