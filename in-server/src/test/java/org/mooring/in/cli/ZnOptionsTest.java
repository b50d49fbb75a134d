// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.in.ZnSettings;
import org.mooring.in.bsf.Agreement;

/** The options of serve for an operator's BSF and for functions of other providers. */
class ZnOptionsTest {
  @TempDir private Path folder;

  private CommandRun.Commands commands() {
    return new CommandRun.Commands(Map.of(), folder.resolve("mooring.properties"));
  }

  @Test
  void joinsAnOperatorsBsfAndFunctionsOfOthers() {
    assertThat(commands().run("serve").started().get(0).zn()).isEqualTo(ZnSettings.NONE);

    ZnSettings zn =
        commands()
            .run(
                "serve",
                "--bsf",
                "http://127.0.0.1:8443/",
                "--bsf-name",
                "bsf.operator.example",
                "--zn-port",
                "0",
                "--zn-agreement",
                "in.a.example=mef.a.example,maf.a.example",
                "--zn-agreement",
                "in.b.example=mef.b.example;in.c.example=mef.c.example")
            .started()
            .get(0)
            .zn();

    assertThat(zn.operator().orElseThrow().name()).hasToString("bsf.operator.example");
    assertThat(zn.operator().orElseThrow().root()).hasToString("http://127.0.0.1:8443");
    assertThat(zn.service().orElseThrow().port()).isZero();
    assertThat(zn.service().orElseThrow().agreements())
        .extracting(Agreement::toString)
        .containsExactly(
            "in.a.example=maf.a.example,mef.a.example",
            "in.b.example=mef.b.example",
            "in.c.example=mef.c.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--bsf https://bsf.a.example | --bsf: give --bsf and --bsf-name",
        "--bsf-name bsf.a.example | --bsf: give --bsf and --bsf-name",
        "--bsf http://bsf.a.example --bsf-name bsf.a.example | --bsf: write https://HOST:PORT",
        "--bsf https://bsf.a.example --bsf-name bsf.a.example | --bsf: give --zn-certificate",
        "--zn-port 70000 | --zn-port: give a port",
        "--zn-port 0 | --zn-port: say with --zn-agreement",
        "--zn-port 0 --zn-agreement in.a.example | --zn-agreement: write PEER=FQDN",
        "--zn-port 0 --zn-agreement in.a.example=a_b | --zn-agreement: use labels",
        "--zn-key a.key | --zn-certificate: give --zn-certificate, --zn-key and --zn-trust",
      })
  void namesTheOptionOfZnThatIsWrong(String options, String message) {
    CommandRun run = commands().run(("serve " + options).split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.started()).isEmpty();
  }
}
