// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** How far a fleet is, in the last line of a terminal. */
final class ProgressBar implements AutoCloseable {
  private static final int CELLS = 40;
  private static final long EVERY_MILLIS = 200;

  private final PrintStream terminal;
  private final int whole;
  private final IntSupplier done;
  private final ScheduledExecutorService clock;

  private ProgressBar(PrintStream terminal, int whole, IntSupplier done) {
    this.terminal = terminal;
    this.whole = whole;
    this.done = done;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Draws until it is closed. */
  static ProgressBar start(PrintStream terminal, int whole, IntSupplier done) {
    ProgressBar bar = new ProgressBar(terminal, whole, done);
    var unused = bar.clock.scheduleAtFixedRate(bar::draw, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    return bar;
  }

  /** The line for a number of nodes out of all. */
  static String line(int count, int whole) {
    int filled = whole == 0 ? CELLS : CELLS * count / whole;
    return "[%s%s] %d of %d registered"
        .formatted("#".repeat(filled), ".".repeat(CELLS - filled), count, whole);
  }

  private void draw() {
    terminal.print("\r" + line(done.getAsInt(), whole));
    terminal.flush();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    draw();
    terminal.println();
  }
}
