// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.settings.OptionDefaults;
import picocli.CommandLine;

/** The CA's commands, which need no server. */
class PkiCommandsTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int pki(String... arguments) throws IOException {
    OptionDefaults none = OptionDefaults.of(name -> null, folder.resolve("none"));
    CommandLine commands = InServerCommand.commandLine(new ProcessHost(), none);
    commands.setOut(new PrintWriter(out, true));
    commands.setErr(new PrintWriter(err, true));
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("pki"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--pki", folder.resolve("pki").toString()));
    return commands.execute(all.toArray(String[]::new));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void oneCommandMakesAWorkingCa() throws IOException {
    assertThat(pki("init", "--sp-fqdn", "sp.example.org")).isZero();
    assertThat(pki("issue", "--function", "mef.sp.example.org", "--out", file("mef"))).isZero();

    assertThat(out.toString()).contains("mef.sp.example.org").contains("mef.key");
    assertThat(Files.readString(folder.resolve("mef.crt")).split("BEGIN CERTIFICATE")).hasSize(3);
    assertThat(pki("list")).isZero();
    assertThat(out.toString()).contains("mef.sp.example.org").contains("good");
    assertThat(pki("revoke", file("mef.crt"), "--reason", "superseded")).isZero();
    assertThat(pki("list")).isZero();
    assertThat(out.toString()).contains("revoked: superseded");
    assertThat(pki("crl", "--json")).isZero();
    assertThat(out.toString()).startsWith("{\"revoked\":1,\"nextUpdate\":\"");
  }

  @Test
  void wrongUsageIsTold() throws IOException {
    assertThat(pki("init")).isZero();

    assertThat(pki("issue", "--out", file("x"))).isEqualTo(2);
    assertThat(
            pki("issue", "--function", "mef.sp.example.org", "--cse-id", "/a", "--out", file("x")))
        .isEqualTo(2);
    assertThat(pki("issue", "--node-id", "", "--out", file("x"))).isEqualTo(2);
    assertThat(err.toString()).contains("--node-id: ");
    assertThat(pki("revoke", "no serial")).isEqualTo(2);
    assertThat(err.toString()).contains("SERIAL|FILE: ");
    assertThat(pki("revoke", "01", "--reason", "boredom")).isEqualTo(2);
    assertThat(err.toString()).contains("--reason: write one of unspecified");
    assertThat(folder.resolve("x.crt")).doesNotExist();
  }

  @Test
  void whatCanNotBeDoneIsToldInALineAndNothingIsWritten() throws IOException {
    assertThat(pki("list")).isEqualTo(1);
    assertThat(err.toString()).contains("'pki init' makes one");
    assertThat(pki("init")).isZero();
    assertThat(pki("init")).isEqualTo(1);
    assertThat(pki("issue", "--function", "mef.other.example", "--out", file("x"))).isEqualTo(1);
    assertThat(err.toString()).contains("sp.example.org alone");
    assertThat(folder.resolve("x.key")).doesNotExist();
    Files.writeString(folder.resolve("y.crt"), "mine");
    assertThat(pki("issue", "--cse-id", "/y", "--out", file("y"))).isEqualTo(1);
    assertThat(err.toString()).contains("give --out another name");
    assertThat(folder.resolve("y.crt")).hasContent("mine");
    assertThat(pki("list", "--json")).isZero();
    assertThat(out.toString()).isEqualTo("{\"certificates\":[]}\n");
  }
}
