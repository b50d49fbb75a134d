// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which options of serve go together where it is to run an MN-CSE. */
class GatewayOptionsTest {
  @TempDir private Path data;

  private CommandRun serve(String options) {
    List<String> arguments = new ArrayList<>(List.of("serve"));
    arguments.addAll(List.of(options.split(" ")));
    return CommandRun.on(data).run(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "--registrar coaps://in.example.org, --registrar: give it with --cse-type mn",
    "--kpm-id a@mef.example.org, --kpm-id: give it with --cse-type mn",
    "--cse-type asn, --cse-type: write in or mn",
    "'--cse-type mn --roles mef', '--roles: leave it out with --cse-type mn'",
    "'--cse-type mn --sp-fqdn sp.example.com', '--sp-fqdn: leave it out with --cse-type mn'",
    "'--cse-type mn --kpm-id a@mef.example.org --kpm utf8:0123456789abcdef', --registrar: give it",
    "'--cse-type mn --registrar coaps://in.example.org', --kpm-id: give --kpm-id and --kpm",
    "'--cse-type mn --registrar http://in.example.org --kpm-id a@b.org --kpm hex:00', --registrar: ",
    "'--cse-type mn --registrar coaps://a.org --factory-file f --kpm-id a@b.org', --factory-file: ",
    "'--cse-type mn --coaps-port 70000', --coaps-port: give a port"
  })
  void namesTheOptionThatMakesNoSense(String options, String message) {
    CommandRun run = serve(options);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.started()).isEmpty();
  }

  @Test
  void startsAnMnCseWithANameOfItsOwn() {
    CommandRun run =
        serve(
            "--cse-type mn --registrar coaps://in.example.org:5684 --kpm-id gw@mef.example.org"
                + " --kpm utf8:0123456789abcdef --http-port 0");

    assertThat(run.err()).contains("no MN-CSE starts here: cse-mn");
    assertThat(run.started()).isEmpty();
  }
}
