// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.fleetwide;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AdminClient;

/** Looks at a server's status again and again, and keeps the most of each gauge. */
final class StatusPeaks implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(250);

  private static final List<String> GAUGES =
      List.of(
          "sessions",
          "connections",
          "openHandshakes",
          "openLookUps",
          "turnedAway",
          "failedHandshakes",
          "queuedReads",
          "mostQueuedWrites",
          "writeDelayMs");

  private final AdminClient admin;
  private final Map<String, Long> peaks = new LinkedHashMap<>();
  private final Thread thread;

  private StatusPeaks(AdminClient admin) {
    this.admin = admin;
    this.thread = new Thread(this::watch, "status-peaks");
    this.thread.setDaemon(true);
  }

  /** Starts to look. */
  static StatusPeaks of(AdminClient admin) {
    StatusPeaks watch = new StatusPeaks(admin);
    watch.look();
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(EVERY.toMillis());
        look();
      }
    } catch (InterruptedException e) {
      // It was closed.
    }
  }

  /** A server that has no time to answer has its peak in the next answer. */
  private void look() {
    Attributes status;
    try {
      status = admin.status();
    } catch (RuntimeException e) {
      return;
    }
    synchronized (peaks) {
      for (String gauge : GAUGES) {
        status.whole(gauge).ifPresent(value -> peaks.merge(gauge, value, Math::max));
      }
    }
  }

  /** The most of each so far, with a last look. */
  Map<String, Long> peaks() {
    look();
    synchronized (peaks) {
      return new LinkedHashMap<>(peaks);
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
