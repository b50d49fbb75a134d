// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Processor time as Linux counts it, in steps of 10 ms. */
public final class CpuTime {
  /** USER_HZ, the unit of /proc, is 100 on every architecture that Linux runs a JDK on. */
  private static final long MILLIS_PER_TICK = 10;

  // Fields of proc_pid_stat(5) from 1, less the two that end with the program's name.
  private static final int UTIME = 14 - 3;
  private static final int STIME = 15 - 3;
  private static final int CUTIME = 16 - 3;
  private static final int CSTIME = 17 - 3;

  private CpuTime() {}

  /**
   * Time that a running process spent so far, user's and system's, all threads together.
   *
   * @throws UncheckedIOException if there is no such process
   */
  public static Duration of(long pid) {
    String[] fields = fields(Long.toString(pid));
    return ticks(fields, UTIME).plus(ticks(fields, STIME));
  }

  /** Time of those children of this process that ended and were waited for, with theirs. */
  public static Duration ofEndedChildren() {
    String[] fields = fields("self");
    return ticks(fields, CUTIME).plus(ticks(fields, CSTIME));
  }

  /** The fields from the third on; the second is the name, which may contain anything. */
  private static String[] fields(String process) {
    try {
      String line = Files.readString(Path.of("/proc", process, "stat"));
      return line.substring(line.lastIndexOf(')') + 2).split(" ");
    } catch (IOException e) {
      throw new UncheckedIOException("process " + process, e);
    }
  }

  private static Duration ticks(String[] fields, int index) {
    return Duration.ofMillis(Long.parseLong(fields[index]) * MILLIS_PER_TICK);
  }
}
