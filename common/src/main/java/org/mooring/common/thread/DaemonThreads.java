// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.thread;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;

/** Daemon threads under a name that a thread dump shows. */
public final class DaemonThreads {
  private DaemonThreads() {}

  /** Makes threads that all have this name. */
  public static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * A scheduler that lets go of what is cancelled at once, so that a deadline which is moved often
   * leaves nothing behind until it would have come.
   *
   * @param threads how many tasks run side by side, 1 or more
   */
  public static ScheduledThreadPoolExecutor scheduler(String name, int threads) {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(threads, named(name));
    scheduler.setRemoveOnCancelPolicy(true);
    return scheduler;
  }
}
