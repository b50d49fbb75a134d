// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.mooring.interop.bench.CpuTime;
import org.mooring.interop.process.JarProcess;

/**
 * What a program needed until it said a certain thing on its standard output.
 *
 * @param wall from the start of its process
 * @param processor of all its threads
 * @param peakKib the most memory it had resident
 * @param threads the most it had at once, as often as was looked (each millisecond or so)
 */
record Footprint(Duration wall, Duration processor, long peakKib, int threads) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * Starts a program, waits for its word and stops it in order.
   *
   * @param word stands in the line that is waited for
   * @param errors takes standard error
   * @throws IllegalStateException if the program ends or two minutes pass before that
   */
  static Footprint of(List<String> command, String word, Path errors) {
    long began = System.nanoTime();
    try (JarProcess process = JarProcess.start(command, errors)) {
      int threads = 0;
      while (!said(process, word)) {
        threads = Math.max(threads, (int) status(process.pid(), "Threads:"));
        requireRunning(process, began, word);
        pause();
      }
      Duration wall = Duration.ofNanos(System.nanoTime() - began);
      return new Footprint(
          wall,
          CpuTime.of(process.pid()),
          status(process.pid(), "VmHWM:"),
          Math.max(threads, (int) status(process.pid(), "Threads:")));
    }
  }

  private static boolean said(JarProcess process, String word) {
    return process.lines().stream().anyMatch(line -> line.contains(word));
  }

  private static void requireRunning(JarProcess process, long began, String word) {
    if (!process.isAlive() || System.nanoTime() - began > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          "waited in vain for '" + word + "'\n" + process.lines() + "\n" + process.errors());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A number of proc_pid_status(5); 0 where the process has none any more. */
  private static long status(long pid, String field) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(field))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
