// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A Java program running as a process; keeps the lines of its output, errors go to a file. It does
 * not outlive this one.
 */
public final class JarProcess implements AutoCloseable {
  private final Process process;
  private final Path errors;
  private final Thread reader;
  private final List<String> lines = new ArrayList<>();

  private JarProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    reader = new Thread(this::readLines, "output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts {@code java -jar}.
   *
   * @param jvm options for the Java runtime
   * @param errors takes standard error, appended
   */
  public static JarProcess start(Path jar, List<String> jvm, List<String> arguments, Path errors) {
    return start(jvm, List.of("-jar", jar.toString()), arguments, errors);
  }

  /**
   * Starts a class of this program on the class path of this process.
   *
   * @param jvm options for the Java runtime
   * @param errors takes standard error, appended
   */
  public static JarProcess start(
      Class<?> main, List<String> jvm, List<String> arguments, Path errors) {
    String classPath = System.getProperty("java.class.path");
    return start(jvm, List.of("-cp", classPath, main.getName()), arguments, errors);
  }

  private static JarProcess start(
      List<String> jvm, List<String> program, List<String> arguments, Path errors) {
    return start(JavaCommand.of(jvm, program, arguments), errors);
  }

  /**
   * Starts a program that starts Java in a way of its own.
   *
   * @param command the program and its arguments
   * @param errors takes standard error, appended
   */
  public static JarProcess start(List<String> command, Path errors) {
    try {
      return new JarProcess(
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
              .start(),
          errors);
    } catch (IOException e) {
      throw new UncheckedIOException(command.get(0) + ": can not be started", e);
    }
  }

  private void readLines() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      // The process was ended: what came before counts.
    }
    synchronized (lines) {
      lines.notifyAll();
    }
  }

  /** The lines of standard output so far. */
  public List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** What stands in the file of standard error. */
  public String errors() {
    try {
      return Files.exists(errors) ? Files.readString(errors) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(errors + ": can not be read", e);
    }
  }

  /**
   * Waits for something to stand in the lines.
   *
   * @param find looks at all lines so far
   * @throws IllegalStateException if the process ends or the time passes before it does; the
   *     message ends with what the process wrote last
   */
  public <T> T await(Duration limit, String what, Function<List<String>, Optional<T>> find) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      boolean over = !reader.isAlive() || System.nanoTime() >= deadline;
      Optional<T> found = find.apply(lines());
      if (found.isPresent()) {
        return found.get();
      }
      if (over) {
        throw new IllegalStateException(
            "waited %s in vain for %s\n%s\n%s"
                .formatted(limit, what, String.join("\n", lines()), errors()));
      }
      awaitLine(deadline);
    }
  }

  private void awaitLine(long deadline) {
    synchronized (lines) {
      try {
        long left = Math.min(deadline - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100));
        if (left > 0) {
          TimeUnit.NANOSECONDS.timedWait(lines, left);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Processor time used so far. */
  public Duration cpuTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for the process to end by itself and gives its exit code. */
  public int awaitExit(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("process " + process.pid() + " runs on after " + limit);
      }
      reader.join();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Ends the process the hard way ({@code kill -9}) and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** Asks the process to end (SIGTERM), and kills it if it takes long. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
