// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.in.admin.RunningAdmin;

/** What an operator types to end, extend and retire, at a server that runs. */
class EndingCommandsTest {
  private static final String MOTE = "mote@mef.sp.example.org";

  @TempDir private Path folder;
  private RunningAdmin admin;
  private CommandRun.Commands commands;

  @BeforeEach
  void start() {
    admin = RunningAdmin.in(folder.resolve("data"));
    commands = CommandRun.on(folder.resolve("data"));
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  @Test
  void retiresAnEnroleeWhereItIsAskedTo() {
    commands.run("enrolee", "add", "--kpm-id", MOTE);

    CommandRun retired =
        commands.run("enrolee", "revoke", MOTE, "--as", "retired", "--reason", "replaced");
    assertThat(retired.line("status")).endsWith("retired");
    assertThat(retired.line("reason")).endsWith("replaced");
    assertThat(commands.run("audit", "list").out())
        .contains("ENROLEE_RETIRED")
        .doesNotContain("ENROLEE_REVOKED");

    CommandRun revoked = commands.run("key", "revoke", MOTE, "--as", "compromised");
    assertThat(revoked.line("status")).endsWith("revoked");
  }

  @Test
  void namesTheKindsOfARevocation() {
    CommandRun run = commands.run("enrolee", "revoke", MOTE, "--as", "lost");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--as: write compromised or retired");
    assertThat(commands.run("enrolee", "revoke", "--help").out())
        .containsPattern("default:\\s+compromised, the\\s+safe one");
  }

  @Test
  void movesTheEndOfASubscription() {
    commands.run("enrolee", "add", "--kpm-id", MOTE, "--until", "2030-01-31");
    assertThat(commands.run("enrolee", "show", MOTE).line("until"))
        .endsWith("2030-01-31T00:00:00Z");

    CommandRun ended = commands.run("enrolee", "end", MOTE);
    assertThat(ended.line("status")).endsWith("ended");
    CommandRun extended = commands.run("enrolee", "extend", MOTE, "--until", "2031-01-31");
    assertThat(extended.line("until")).endsWith("2031-01-31T00:00:00Z");
    assertThat(commands.run("enrolee", "list").out()).contains("2031-01-31T00:00:00Z");
    CommandRun forever = commands.run("enrolee", "extend", MOTE, "--until", "never");
    assertThat(forever.line("status")).endsWith("active");
    assertThat(forever.out()).doesNotContain("until");
  }

  @ParameterizedTest
  @CsvSource({"soon,2,time", "2020-01-31,1,until"})
  void refusesAnEndThatIsNotToCome(String until, int exitCode, String message) {
    commands.run("enrolee", "add", "--kpm-id", MOTE);

    CommandRun run = commands.run("enrolee", "extend", MOTE, "--until", until);

    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.err()).contains(message + ": ");
  }

  @Test
  void importsTheEndOfASubscription() throws IOException {
    Path file =
        Files.writeString(folder.resolve("nodes.csv"), "csi,until\n/a,2030-01-31\n/b,never\n");

    CommandRun run = commands.run("enrolee", "import", file.toString());

    assertThat(run.err()).isEmpty();
    assertThat(commands.run("enrolee", "list").out()).containsOnlyOnce("2030-01-31T00:00:00Z");
  }
}
