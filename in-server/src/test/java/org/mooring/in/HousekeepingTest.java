// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.thread.DaemonThreads;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;

class HousekeepingTest {
  @Test
  void aKindThatCanNotBeClearedHoldsUpNoOtherAndWhatIsLeftIsClearedAtOnce(@TempDir Path folder) {
    AtomicInteger rounds = new AtomicInteger();
    ScheduledThreadPoolExecutor scheduler = DaemonThreads.scheduler("housekeeping-test", 1);
    try (Store store = Store.open(StoreSettings.in(folder), InstantSource.system())) {
      new Housekeeping(
              store,
              List.of(
                  (tx, most) -> {
                    throw new IllegalStateException("a row that can not go");
                  },
                  (tx, most) -> rounds.incrementAndGet() < 3 ? most : 0))
          .every(scheduler);

      await().untilAsserted(() -> assertThat(rounds).hasValueGreaterThanOrEqualTo(3));
    } finally {
      scheduler.shutdownNow();
    }
  }
}
