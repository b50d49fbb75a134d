// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DaemonThreadsTest {
  @Test
  void aThreadHasTheNameAndKeepsNoProgramAlive() {
    Thread thread = DaemonThreads.named("sweeper").newThread(() -> {});

    assertThat(thread.getName()).isEqualTo("sweeper");
    assertThat(thread.isDaemon()).isTrue();
  }

  @Test
  void aSchedulerForgetsWhatIsCancelled() {
    ScheduledThreadPoolExecutor scheduler = DaemonThreads.scheduler("deadlines", 1);
    try {
      scheduler.schedule(() -> {}, 1, TimeUnit.HOURS).cancel(false);

      assertThat(scheduler.getQueue()).isEmpty();
    } finally {
      scheduler.shutdownNow();
    }
  }
}
