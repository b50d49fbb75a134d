// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.peer.Programs;

/** JDK Flight Recorder in another Java process, from when this is made until it is closed. */
public final class FlightRecording implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String NAME = "name=bench";

  private final long pid;
  private final Path file;

  private FlightRecording(long pid, Path file) {
    this.pid = pid;
    this.file = file;
  }

  /**
   * Starts to record with the JDK's {@code profile} settings.
   *
   * @param file takes the recording
   */
  public static FlightRecording start(long pid, Path file) {
    FlightRecording recording = new FlightRecording(pid, file.toAbsolutePath());
    recording.command("JFR.start", "settings=profile");
    return recording;
  }

  @Override
  public void close() {
    command("JFR.stop", "filename=" + file);
  }

  private void command(String name, String option) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.addAll(List.of(Long.toString(pid), name, NAME, option));
    Programs.Outcome outcome = Programs.run(LIMIT, command);
    if (outcome.exitCode() != 0) {
      throw new IllegalStateException(name + ": " + outcome.output() + outcome.errors());
    }
  }
}
