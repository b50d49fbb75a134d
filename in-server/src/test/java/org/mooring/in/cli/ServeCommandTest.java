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
import org.mooring.in.ZnSettings;
import org.mooring.in.bsf.Agreement;
import org.mooring.in.dns.DnsSettings;
import org.mooring.in.dns.TsigKey;
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
  void certificatesNeedAKeyAndACaToTrust() throws IOException {
    String ca = folder.resolve("pki").toString();
    CommandRun.Commands commands = commands();
    assertThat(commands.run("pki", "init", "--pki", ca).exitCode()).isZero();
    String mef = folder.resolve("mef").toString();
    assertThat(
            commands
                .run("pki", "issue", "--pki", ca, "--function", "mef.sp.example.org", "--out", mef)
                .exitCode())
        .isZero();
    String certificate = mef + ".crt";
    String key = mef + ".key";
    String trust = ca + "/ca.crt";

    ServeSettings settings =
        commands
            .run(
                "serve",
                "--certificate",
                certificate,
                "--certificate-key",
                key,
                "--trust",
                trust,
                "--crl",
                ca + "/crl.pem")
            .started()
            .get(0);
    ServeSettings ofZn =
        commands
            .run(
                "serve",
                "--zn-certificate",
                certificate,
                "--zn-key",
                key,
                "--zn-trust",
                trust,
                "--crl",
                ca + "/crl.pem")
            .started()
            .get(0);
    assertThat(ofZn.zn().tls().orElseThrow().lists().get()).isPresent();
    assertThat(ofZn.certificates()).isEmpty();
    assertThat(settings.certificates())
        .hasValueSatisfying(
            own -> {
              assertThat(own.identity().chain()).hasSize(2);
              assertThat(own.trusted()).hasSize(1);
              assertThat(own.lists().get()).isPresent();
              assertThat(settings.toString()).doesNotContain("PRIVATE");
            });
    assertThat(settings.certificates().orElseThrow().provisioning()).isEmpty();
    ServeSettings certifying =
        commands
            .run(
                "serve",
                "--certificate",
                certificate,
                "--certificate-key",
                key,
                "--trust",
                trust,
                "--est-ca",
                ca,
                "--certificate-lifetime",
                "30d")
            .started()
            .get(0);
    assertThat(certifying.certificates().orElseThrow().provisioning())
        .contains(new ServeSettings.Provisioning(Path.of(ca), Duration.ofDays(30)));
    assertThat(commands.run("serve", "--est-ca", ca).err())
        .contains("--certificate: give --certificate and --certificate-key");
    CommandRun without = commands.run("serve", "--certificate", certificate);
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("--certificate: give --certificate and --certificate-key");
    CommandRun noKey =
        commands.run(
            "serve",
            "--certificate",
            certificate,
            "--certificate-key",
            certificate,
            "--trust",
            trust);
    assertThat(noKey.exitCode()).isEqualTo(1);
    assertThat(noKey.err()).contains("give a private key as PKCS#8 in PEM");
    assertThat(
            commands
                .run("pki", "issue", "--pki", ca, "--cse-id", "/a", "--out", folder + "/a")
                .exitCode())
        .isZero();
    CommandRun othersKey =
        commands.run(
            "serve",
            "--certificate",
            certificate,
            "--certificate-key",
            folder + "/a.key",
            "--trust",
            trust);
    assertThat(othersKey.err()).contains("the private key is not that of the first");
    CommandRun noRoot =
        commands.run(
            "serve",
            "--certificate",
            certificate,
            "--certificate-key",
            key,
            "--trust",
            certificate);
    assertThat(noRoot.err()).contains("CAs that sign themselves");
    CommandRun noList =
        commands.run(
            "serve",
            "--certificate",
            certificate,
            "--certificate-key",
            key,
            "--trust",
            trust,
            "--crl",
            key);
    assertThat(noList.err()).contains("give a file with a revocation list");
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
