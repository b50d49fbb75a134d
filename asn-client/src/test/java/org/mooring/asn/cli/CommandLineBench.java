// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.settings.OptionDefaults;
import picocli.CommandLine;

/** Executes commands, with a folder for a vault, and keeps what they print. */
abstract class CommandLineBench {
  @TempDir Path folder;

  final Map<String, String> environment = new HashMap<>();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();

  final int execute(String... arguments) throws IOException {
    Path none = folder.resolve("no.properties");
    OptionDefaults defaults = OptionDefaults.of(environment::get, none);
    CommandLine commands = AsnClient.commandLine(defaults, arguments);
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    return commands.execute(arguments);
  }

  /** What is printed where enrol, at a MEF that is given, does not take its options. */
  final String wrongEnrol(String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("enrol", "--vault", vault(), "--mef", "coaps://mef.sp.example.org:9"));
    arguments.addAll(List.of(options));
    err.getBuffer().setLength(0);
    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(2);
    return err.toString();
  }

  final String vault() {
    return folder.resolve("vault").toString();
  }
}
