// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.in.ServeSettings;
import org.mooring.in.mef.ReEnrolment;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServerRole;

class ServeCommandTest {
  @TempDir private Path folder;

  private CommandRun.Commands commands() {
    return new CommandRun.Commands(Map.of(), folder.resolve("mooring.properties"));
  }

  @Test
  void hasTheDefaultsOfTheDesign() {
    CommandRun run = commands().run("serve");

    assertThat(run.exitCode()).isZero();
    ServeSettings settings = run.started().get(0);
    assertThat(settings.coapsPort()).isEqualTo(5684);
    assertThat(settings.coapPort()).isEqualTo(5683);
    assertThat(settings.httpPort()).isEqualTo(8080);
    assertThat(settings.coapMode()).isEqualTo(CoapMode.DISCOVERY);
    assertThat(settings.reEnrolment()).isEqualTo(ReEnrolment.ALWAYS);
    assertThat(settings.methods().accepted().text()).isEqualTo("certificate,rpk,gba,psk");
    assertThat(settings.roles()).containsExactlyInAnyOrder(ServerRole.values());
    assertThat(settings.jdbcUrl()).isEmpty();
    assertThat(settings.maxBodyBytes()).isEqualTo(65_536);
    assertThat(settings.allowWeakKey()).isFalse();
    assertThat(settings.provider().mef()).hasToString("mef.sp.example.org");
    assertThat(settings.provider().maf()).hasToString("maf.sp.example.org");
    assertThat(settings.provider().absoluteCse()).hasToString("//sp.example.org/id-in");
    assertThat(settings.provider().accessPoints()).isEmpty();
  }

  @Test
  void takesEveryOption() {
    CommandRun run =
        commands()
            .run(
                ("serve --data d --db jdbc:postgresql:m --coaps-port 1001 --coap-port 1002"
                        + " --http-port 1003 --coap-mode open --public-host in.example.org --sp-fqdn"
                        + " sp.test --mef-fqdn m.test --maf-fqdn a.test --cse-id /in --cse-name base"
                        + " --ke-lifetime 2w --km-lifetime P10D --kc-lifetime 12h --re-enrol window"
                        + " --methods rpk,psk --ack-timeout 500ms --dtls-timeout 1s --max-body 1000"
                        + " --max-announced-aes 7"
                        + " --allow-weak-key --roles cse,mef,maf")
                    .split(" "));

    assertThat(run.err()).startsWith("WARNING: coap-mode open");
    ServeSettings settings = run.started().get(0);
    assertThat(settings.dataDir()).isEqualTo(Path.of("d"));
    assertThat(settings.jdbcUrl()).isEqualTo("jdbc:postgresql:m");
    assertThat(settings.coapsPort()).isEqualTo(1001);
    assertThat(settings.coapPort()).isEqualTo(1002);
    assertThat(settings.httpPort()).isEqualTo(1003);
    assertThat(settings.coapMode()).isEqualTo(CoapMode.OPEN);
    assertThat(settings.provider().accessPoints()).containsExactly("coaps://in.example.org:1001");
    assertThat(settings.provider().sp()).hasToString("//sp.test");
    assertThat(settings.provider().mef()).hasToString("m.test");
    assertThat(settings.provider().maf()).hasToString("a.test");
    assertThat(settings.provider().cse()).hasToString("/in");
    assertThat(settings.provider().cseName()).isEqualTo("base");
    assertThat(settings.provider().lifetimes().enrolment()).isEqualTo(Duration.ofDays(14));
    assertThat(settings.provider().lifetimes().master()).isEqualTo(Duration.ofDays(10));
    assertThat(settings.provider().lifetimes().association()).isEqualTo(Duration.ofHours(12));
    assertThat(settings.reEnrolment()).isEqualTo(ReEnrolment.WINDOW);
    assertThat(settings.methods().accepted().text()).isEqualTo("rpk,psk");
    assertThat(settings.roles())
        .containsExactlyInAnyOrder(ServerRole.MEF, ServerRole.MAF, ServerRole.CSE);
    assertThat(settings.timers().ackTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.timers().dtlsTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.maxBodyBytes()).isEqualTo(1000);
    assertThat(settings.announcedAes()).isEqualTo(7);
    assertThat(settings.allowWeakKey()).isTrue();
  }

  @Test
  void printsTheChosenPorts() {
    CommandRun run = commands().run("serve", "--coaps-port", "0");

    assertThat(run.out())
        .contains("15684", "15683", "18080", "mef.sp.example.org", "admin.token", "discovery");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void printsOneJsonLineForMachines() {
    CommandRun run = commands().run("serve", "--json");

    assertThat(run.out())
        .startsWith("{\"coaps\":15684,\"coap\":15683,\"http\":18080,")
        .hasLineCount(1);
  }

  @Test
  void takesOptionsFromTheFileTheEnvironmentAndTheCommandLineInRisingOrder() throws IOException {
    Files.writeString(
        folder.resolve("mooring.properties"), "coaps-port=1\ncoap-port=2\nhttp-port=3\n");

    CommandRun run =
        commands()
            .with("MOORING_COAP_PORT", "22")
            .with("MOORING_HTTP_PORT", "33")
            .run("serve", "--http-port", "333");

    ServeSettings settings = run.started().get(0);
    assertThat(settings.coapsPort()).isEqualTo(1);
    assertThat(settings.coapPort()).isEqualTo(22);
    assertThat(settings.httpPort()).isEqualTo(333);
  }

  @ParameterizedTest
  @CsvSource({
    "--coaps-port,70000,--coaps-port: ",
    "--coaps-port,many,--coaps-port",
    "--coap-mode,closed,--coap-mode",
    "--sp-fqdn,no fqdn,--sp-fqdn",
    "--maf-fqdn,mef.sp.example.org,function FQDNs: ",
    "--cse-id,id-in,--cse-id",
    "--kc-lifetime,soon,--kc-lifetime",
    "--kc-lifetime,0s,--kc-lifetime",
    "--max-body,0,--max-body: ",
    "--max-announced-aes,0,--max-announced-aes: ",
    "--re-enrol,never,--re-enrol",
    "--crypto,quantum,--crypto",
    "--methods,preprovisioned,--methods",
    "--methods,'psk,psk',--methods",
    "--methods,'',--methods",
    "--methods,'psk,',--methods",
    "--roles,'mef,maf',--roles: ",
    "--roles,'mef,maf,cse,das',--roles: ",
    "--roles,'mef,maf,cse,app,app',--roles: ",
    "--roles,'',--roles: ",
  })
  void namesTheOptionThatIsWrong(String option, String value, String message) {
    CommandRun run = commands().run("serve", option, value);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.started()).isEmpty();
  }

  @Test
  void asksForThePublicPortWhereAnyFreeOneIsTaken() {
    assertThat(commands().run("serve", "--coaps-port", "0", "--public-host", "in.test").exitCode())
        .isEqualTo(2);
    assertThat(
            commands()
                .run("serve", "--coaps-port", "0", "--public-host", "in.test:7000")
                .started()
                .get(0)
                .provider()
                .accessPoints())
        .containsExactly("coaps://in.test:7000");
  }

  @Test
  void failsWithoutAStackTraceWhereTheServerCanNotStart() {
    CommandRun run = commands().run("serve", "--coap-port", "1");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("in-server: coap port 1: give one that is free\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "serve ",
        "enrolee ",
        "enrolee add ",
        "enrolee import ",
        "enrolee list ",
        "enrolee show ",
        "enrolee revoke ",
        "key ",
        "key revoke ",
        "audit ",
        "audit verify ",
        "audit list ",
        "status ",
        "generate-completion "
      })
  void offersHelpEverywhere(String command) {
    CommandRun run = commands().run((command + "--help").split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: in-server");
  }

  @ParameterizedTest
  @ValueSource(strings = {"enrolee", "key", "audit", "nonsense", "serve --nonsense"})
  void endsWithTwoOnWrongUsage(String command) {
    CommandRun run = commands().run(command.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'serve, enrolee, group, app, subscription, key, audit, pki, status, generate-completion'",
    "enrolee, 'add, import, list, show, revoke, extend, end, rekey, credential,"
        + " method, command'",
    "app, 'register, list, show, token, revoke, keys'"
  })
  void listsTheCommandsWhereNoneIsNamed(String group, String names) {
    CommandRun run = group.isEmpty() ? commands().run() : commands().run(group);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("in-server: name a command: " + names + "\nTry '");
  }

  @Test
  void writesACompletionScript() {
    CommandRun run = commands().run("generate-completion");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("_complete_in-server");
  }
}
