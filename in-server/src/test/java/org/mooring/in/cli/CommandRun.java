// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mooring.common.settings.OptionDefaults;
import org.mooring.in.GatewaySettings;
import org.mooring.in.ServeSettings;
import org.mooring.in.admin.Ports;
import org.mooring.in.crypto.CryptoChoice;
import picocli.CommandLine;

/**
 * A command that ran in this process.
 *
 * @param started the settings of the servers that serve was to start
 */
record CommandRun(int exitCode, String out, String err, List<ServeSettings> started) {

  /** Commands on a data folder, without any environment. */
  static Commands on(Path data) {
    return new Commands(Map.of("MOORING_DATA", data.toString()), data.resolve("no.properties"));
  }

  /** The line of what was printed that tells of a member. */
  String line(String member) {
    return out.lines().filter(line -> line.startsWith(member + " ")).findFirst().orElseThrow();
  }

  /** Where commands run. */
  record Commands(Map<String, String> environment, Path properties) {
    Commands with(String variable, String value) {
      Map<String, String> more = new HashMap<>(environment);
      more.put(variable, value);
      return new Commands(more, properties);
    }

    CommandRun run(String... args) {
      List<ServeSettings> started = new ArrayList<>();
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      CommandLine commandLine =
          InServerCommand.commandLine(new RecordingHost(started), defaults())
              .setOut(new PrintWriter(out, true))
              .setErr(new PrintWriter(err, true));
      int exitCode = commandLine.execute(args);
      return new CommandRun(exitCode, out.toString(), err.toString(), started);
    }

    private OptionDefaults defaults() {
      try {
        return OptionDefaults.of(environment::get, properties);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Starts nothing and ends at once. */
  private record RecordingHost(List<ServeSettings> started) implements ServerHost {
    @Override
    public void useCrypto(CryptoChoice choice) {}

    @Override
    public Ports start(ServeSettings settings) {
      if (settings.coapPort() == 1) {
        throw new IllegalStateException("coap port 1: give one that is free");
      }
      started.add(settings);
      return new Ports(15684, 15683, 18080);
    }

    @Override
    public StartedGateway startGateway(GatewaySettings settings) {
      throw new IllegalStateException("no MN-CSE starts here: " + settings.cseName());
    }

    @Override
    public void awaitStop() {}
  }
}
