// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
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

  final String vault() {
    return folder.resolve("vault").toString();
  }
}
