// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest extends CommandLineBench {
  @ParameterizedTest
  @ValueSource(strings = {"run", "enrol", "status", "reset", "reseal"})
  void everyCommandExplainsItself(String command) throws IOException {
    assertThat(execute(command, "--help")).isZero();
    assertThat(out.toString()).contains("--vault=DIR").contains("Exit codes");
  }

  @Test
  void theProgramsHelpAndItsCompletionKnowEveryCommand() throws IOException {
    assertThat(execute("--help")).isZero();
    assertThat(execute("generate-completion")).isZero();
    for (String command :
        List.of(
            "run",
            "enrol",
            "status",
            "app",
            "certificate",
            "move",
            "reset",
            "reseal",
            "generate-completion")) {
      assertThat(out.toString())
          .contains("\n  " + command)
          .contains("asn-client_" + command.replace("-", ""));
    }
  }

  @Test
  void aMissingCommandAndAMissingOptionAreWrongUsage() throws IOException {
    assertThat(execute()).isEqualTo(2);
    assertThat(execute("status")).isEqualTo(2);
    assertThat(execute("enrol", "--vault", vault())).isEqualTo(2);
    assertThat(err.toString())
        .endsWith(
            "asn-client: --mef: give it, the vault does not have it yet\n"
                + "Try 'asn-client enrol --help'.\n")
        .hasLineCount(6);
  }

  @Test
  void enrolGivesUpInTimeAndSaysWhy() throws IOException {
    int exit =
        execute(
            "enrol",
            "--vault",
            vault(),
            "--mef",
            "coaps://127.0.0.1:9",
            "--kpm-id",
            "kpm@mef.sp.example.org",
            "--kpm",
            "hex:000102030405060708090a0b0c0d0e0f",
            "--dtls-timeout",
            "50ms",
            "--timeout",
            "4s",
            "--json");

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).startsWith("enrol: not registered in time");
    assertThat(out.toString()).contains("\"event\":\"failed\"").contains("\"nextTry\":");
  }

  @Test
  void anOptionThatIsNotGivenComesFromTheEnvironment() throws IOException {
    environment.put("MOORING_VAULT", vault());

    assertThat(execute("status")).isEqualTo(1);
    assertThat(err.toString())
        .contains("vault: there is none in this folder; enrol or run makes one");
  }
}
