// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.in.dns.DnsSettings;
import org.mooring.in.dns.TsigKey;

/** The options of serve for a DNS server that is told the names of CSEs. */
class DnsOptionsTest {
  @TempDir private Path folder;

  private CommandRun.Commands commands() {
    return new CommandRun.Commands(Map.of(), folder.resolve("mooring.properties"));
  }

  @Test
  void tellsADnsServerTheNamesOfCses() throws IOException {
    assertThat(commands().run("serve").started().get(0).dns()).isEmpty();
    Path key = Files.writeString(folder.resolve("dns.key"), "b64:AAECAwQFBgcICQoLDA0ODw==");
    String keyText = "mooring:hmac-sha256:file:" + key;

    DnsSettings dns =
        commands()
            .run(
                "serve",
                "--dns-server",
                "ns1.example.org",
                "--dns-key",
                keyText,
                "--public-host",
                "in.example.org:5684")
            .started()
            .get(0)
            .dns()
            .orElseThrow();

    assertThat(dns.server()).isEqualTo("ns1.example.org");
    assertThat(dns.port()).isEqualTo(53);
    assertThat(dns.key()).isEqualTo(TsigKey.parse(keyText));
    assertThat(dns.zone()).hasToString("sp.example.org");
    assertThat(dns.publicHost()).isEqualTo("in.example.org");

    DnsSettings other =
        commands()
            .run(
                "serve",
                "--dns-server",
                "[2001:db8::53]:5353",
                "--dns-zone",
                "example.org",
                "--dns-key",
                keyText,
                "--public-host",
                "[2001:db8::1]")
            .started()
            .get(0)
            .dns()
            .orElseThrow();
    assertThat(other.server()).isEqualTo("2001:db8::53");
    assertThat(other.port()).isEqualTo(5353);
    assertThat(other.zone()).hasToString("example.org");
    assertThat(other.publicHost()).isEqualTo("2001:db8::1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--dns-server a.example | --dns-server: give --dns-server and --dns-key",
        "--dns-zone a.example | --dns-server: give --dns-server and --dns-key",
        "--dns-server a.example --dns-key KEY | --dns-server: give --public-host",
        "--dns-server a.example:0 --dns-key KEY --public-host b | --dns-server: write HOST",
        "--dns-server a.example --dns-key k:hmac-md5:x --public-host b | --dns-key: algorithm:",
        "--dns-server a.example --dns-key KEY --public-host b --dns-zone c.example"
            + " | --dns-zone: give one in which id-in.sp.example.org stands",
      })
  void namesTheOptionOfDnsThatIsWrong(String options, String message) {
    String secret = "hex:000102030405060708090a0b0c0d0e0f";
    String given = options.replace("KEY", "mooring:hmac-sha256:" + secret);
    CommandRun run = commands().run(("serve " + given).split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain(secret);
    assertThat(run.started()).isEmpty();
  }
}
