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
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.in.admin.RunningAdmin;

/** What an operator types about nodes with several credentials, at a server that runs. */
class EnroleeCredentialCommandsTest {
  private static final String MOTE = "mote@mef.sp.example.org";
  private static final String SPARE = "spare@mef.sp.example.org";

  @TempDir private Path folder;
  private RunningAdmin admin;
  private CommandRun.Commands commands;

  @BeforeEach
  void start() {
    admin = RunningAdmin.in(folder.resolve("data"));
    commands = CommandRun.on(folder.resolve("data"));
    commands.run("enrolee", "add", "--kpm-id", MOTE, "--csi", "/mote");
  }

  @AfterEach
  void stop() {
    admin.close();
  }

  private String certificateId() {
    return commands
        .run("enrolee", "credential", "add", MOTE, "--method", "certificate")
        .line("certificateId")
        .replaceFirst("certificateId +", "");
  }

  @Test
  void addsCredentialsAndListsThemWithTheirMethods() {
    CommandRun kpm = commands.run("enrolee", "credential", "add", MOTE, "--kpm-id", SPARE);
    assertThat(kpm.line("kpmId")).endsWith(SPARE);
    assertThat(kpm.line("csi")).endsWith("/mote");
    assertThat(kpm.line("kpm")).as("printed this once").contains("hex:");
    String certificate = certificateId();

    String shown = commands.run("enrolee", "show", SPARE).out();
    assertThat(shown)
        .contains("kpmId            " + MOTE)
        .containsPattern(MOTE + " +psk +active")
        .containsPattern(SPARE + " +psk +active")
        .containsPattern(certificate + " +certificate +active")
        .doesNotContain("hex:");
  }

  @Test
  void takesOneAway() {
    String certificate = certificateId();

    CommandRun removed = commands.run("enrolee", "credential", "remove", certificate, MOTE);
    assertThat(removed.exitCode()).isZero();
    assertThat(removed.line("certificateId")).endsWith(certificate);
    assertThat(removed.line("status")).endsWith("active");

    CommandRun last = commands.run("enrolee", "credential", "remove", certificate, certificate);
    assertThat(last.exitCode()).isEqualTo(1);
    assertThat(last.err()).contains("is the last that the node can enrol with");
  }

  @Test
  void revokesOneThatLeakedAndWithTheLastTheNode() {
    String certificate = certificateId();

    assertThat(commands.run("key", "revoke", certificate).line("status")).endsWith("revoked");
    assertThat(commands.run("enrolee", "show", MOTE).out())
        .containsPattern("(?m)^status +active")
        .containsPattern(certificate + " +certificate +revoked");
    commands.run("key", "revoke", MOTE);
    assertThat(commands.run("enrolee", "show", MOTE).line("status")).endsWith("revoked");
  }

  @Test
  void aNodeIsActiveAsLongAsOneOpens() {
    commands.run("enrolee", "credential", "add", MOTE, "--kpm-id", SPARE);

    assertThat(commands.run("key", "revoke", MOTE, "--as", "retired").line("status"))
        .endsWith("superseded");
    assertThat(commands.run("enrolee", "list").out()).contains("active");
  }

  @Test
  void handsAKeyOverInAFile() throws IOException {
    Path file = folder.resolve("mote.json");

    CommandRun added =
        commands.run(
            "enrolee", "credential", "add", MOTE, "--kpm-id", SPARE, "--factory-file", "" + file);

    assertThat(added.exitCode()).isZero();
    assertThat(Files.readString(file)).contains(SPARE, "\"kpm\":\"hex:");
  }

  @ParameterizedTest
  @CsvSource({
    "--method preprovisioned,stands alone",
    "--km-id a@maf.sp.example.org,stands alone",
    "--kpm-id " + MOTE + ",was used before",
    "--method rpk,publicKey: ",
    "--expires 2020-01-01,expires: ",
  })
  void refusesWhatDoesNotFit(String options, String message) {
    CommandRun run = commands.run(("enrolee credential add " + MOTE + " " + options).split(" "));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enrolee credential add nobody@mef.sp.example.org",
        "enrolee credential remove nobody@mef.sp.example.org " + MOTE,
        "enrolee method nobody@mef.sp.example.org --min any"
      })
  void saysWhoIsNotEnrolled(String command) {
    CommandRun run = commands.run(command.split(" "));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nobody@mef.sp.example.org is not enrolled");
  }

  @Test
  void barsMethodsOnceTheNodeHasABetterOne() {
    CommandRun early = commands.run("enrolee", "method", MOTE, "--min", "certificate");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("minMethod: " + MOTE + " has no credential for certificate");
    certificateId();

    assertThat(commands.run("enrolee", "method", MOTE, "--min", "certificate").line("minMethod"))
        .endsWith("certificate");
    assertThat(commands.run("enrolee", "show", MOTE).line("minMethod")).endsWith("certificate");
    assertThat(commands.run("enrolee", "method", MOTE, "--min", "any").out())
        .doesNotContain("minMethod");
    CommandRun wrong = commands.run("enrolee", "method", MOTE, "--min", "best");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).contains("minMethod: write psk, certificate, rpk, gba or any");
  }

  @Test
  void addsANodeWithItsMinimum() {
    CommandRun added =
        commands.run("enrolee", "add", "--method", "certificate", "--min-method", "rpk");
    assertThat(added.exitCode()).isZero();
    assertThat(commands.run("enrolee", "list", "--json").out()).contains("\"minMethod\":\"rpk\"");

    CommandRun below = commands.run("enrolee", "add", "--min-method", "rpk");
    assertThat(below.exitCode()).isEqualTo(1);
    assertThat(below.err()).contains("method: psk is below the enrolee's minimum, rpk");
    CommandRun unknown = commands.run("enrolee", "add", "--min-method", "best");
    assertThat(unknown.exitCode()).isEqualTo(2);
    assertThat(unknown.err()).contains("minMethod: ");
  }
}
