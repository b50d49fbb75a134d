// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.key.KeyText;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.OpenSsl;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;

/** Nodes with a USIM: both jars as processes, and Ub as curl and OpenSSL see it. */
class GbaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MEF = "mef.sp.example.org";
  private static final String B_TID = "[A-Za-z0-9+/]{22}==@mef\\.sp\\.example\\.org";
  private static final String CLIENT_NONCE = "6629fae49393a05397450978507c4ef1";

  @TempDir static Path folder;
  private static TestBed bed;
  private static InServer server;

  @BeforeAll
  static void start() {
    bed = TestBed.in(folder);
    server = bed.startServer(InServer.Settings.WITH_UB);
  }

  @AfterAll
  static void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"coap, maf", "http, maf", "coap, direct", "http, direct"})
  void aNodeWalksFromItsUsim(String carrier, String path) {
    AsnNode.Settings settings = settings(carrier + "-" + path, carrier, path);
    try (AsnNode node = bed.startNode(settings)) {
      Attributes registered = node.awaitRegistered(PATIENCE);

      assertThat(registered.text("keId").orElseThrow()).matches(B_TID);
      if (path.equals("maf")) {
        assertThat(registered.text("kmId")).isEqualTo(registered.text("keId"));
        assertThat(stepsOf(node))
            .containsExactly("bootstrap", "configure", "authenticate", "associate", "register-cse");
      } else {
        assertThat(stepsOf(node)).containsExactly("bootstrap", "configure", "register-cse");
      }
    }
    try (AsnNode node = bed.startNode(settings)) {
      node.awaitRegistered(PATIENCE);
      assertThat(stepsOf(node)).containsExactly("register-cse");
    }
  }

  /** A USIM that was in use elsewhere: the BSF begins to count at nothing. */
  @Test
  void aVaultThatWasLostBootstrapsAgain() throws IOException {
    AsnNode.Settings settings = settings("lost", "coap", "maf");
    try (AsnNode node = bed.startNode(settings)) {
      node.awaitRegistered(PATIENCE);
    }
    Files.delete(settings.vault().resolve("vault.bin"));
    try (AsnNode node = bed.startNode(settings)) {
      node.awaitRegistered(PATIENCE);
      assertThat(stepsOf(node)).contains("bootstrap", "register-cse");
    }
  }

  @Test
  void aKeyIsRenewedBeforeItEnds() {
    Path data = bed.folder().resolve("short-lived");
    InServer.Settings shortLived =
        new InServer.Settings(List.of(), List.of("--ub-port", "0", "--ke-lifetime", "30s"));
    try (InServer other = InServer.start(bed.jars(), data, shortLived)) {
      var unused = added("renewed", "maf", data);
      try (AsnNode node = bed.startNode(node("renewed", factoryFile("renewed"), "coap", other))) {
        node.awaitRegistered(PATIENCE);
        node.await(
            PATIENCE,
            "an association of the second key",
            line -> isRegisteredAfterConfiguringTwice(stepsOf(node)));

        assertThat(stepsOf(node))
            .filteredOn(step -> step.equals("bootstrap") || step.equals("configure"))
            .containsExactly("bootstrap", "configure", "bootstrap", "configure");
        assertThat(node.events())
            .noneMatch(line -> line.text("event").equals(Optional.of("failed")));
      }
    }
  }

  private static boolean isRegisteredAfterConfiguringTwice(List<String> steps) {
    return Collections.frequency(steps, "configure") == 2
        && steps.lastIndexOf("register-cse") > steps.lastIndexOf("configure");
  }

  @Test
  void aNodeWithAnotherKeyRefusesTheChallenge() {
    Attributes added = added("wrong-mac", "maf");
    Path file = bed.folder().resolve("wrong-mac-other.json");
    write(
        file,
        "{\"impi\":\"%s\",\"usimK\":\"%s\",\"usimOpc\":\"%s\",\"mef\":\"%s\"}"
            .formatted(
                added.text("impi").orElseThrow(),
                KeyText.hex(SubscriberKey.random().k()),
                added.text("usimOpc").orElseThrow(),
                MEF));
    try (AsnNode node = bed.startNode(node("wrong-mac", file, "coap"))) {
      Attributes failed =
          node.await(
              PATIENCE, "the refusal", line -> line.text("event").equals(Optional.of("failed")));
      assertThat(failed.text("reason").orElseThrow()).contains("the USIM found a wrong MAC");
    }
  }

  /** An HTTP client and an MD5 that are not ours; curl itself does not know AKAv1-MD5. */
  @Test
  void curlAndOpenSslAgreeWithTheExchange() {
    Path curl = Peers.require("curl", Programs.find("curl"));
    OpenSsl openssl = OpenSsl.in(bed.folder());
    Attributes added = added("curl", "maf");
    String impi = added.text("impi").orElseThrow();

    String challenged =
        ask(
            curl,
            "Digest username=\"%s\", realm=\"%s\", nonce=\"\", uri=\"/\", response=\"\""
                .formatted(impi, MEF));
    assertThat(challenged).startsWith("HTTP/1.1 401");
    String nonce = found(challenged, "(?i)www-authenticate: Digest .*nonce=\"([^\"]+)\"");
    AkaNonce challenge = AkaNonce.parse(nonce);
    SubscriberKey key =
        new SubscriberKey(
            KeyText.parseInline(added.text("usimK").orElseThrow()),
            KeyText.parseInline(added.text("usimOpc").orElseThrow()));
    byte[] password =
        Aka.open(key, challenge.rand(), challenge.autn()).orElseThrow().response().toByteArray();
    String a1 = md5(openssl, (impi + ":" + MEF + ":"), password);
    String empty = md5(openssl, "", new byte[0]);
    String response =
        md5(
            openssl,
            String.join(
                ":",
                a1,
                nonce,
                "00000001",
                CLIENT_NONCE,
                "auth-int",
                md5(openssl, "GET:/:" + empty, new byte[0])),
            new byte[0]);

    String answered =
        ask(
            curl,
            ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"/\", qop=auth-int,"
                    + " nc=00000001, cnonce=\"%s\", response=\"%s\", algorithm=AKAv1-MD5")
                .formatted(impi, MEF, nonce, CLIENT_NONCE, response));
    assertThat(answered)
        .startsWith("HTTP/1.1 200")
        .containsPattern("(?i)content-type: application/vnd.3gpp.bsf\\+xml");
    String document = answered.substring(answered.indexOf("\r\n\r\n") + 4);
    assertThat(document).containsPattern("<btid>" + B_TID + "</btid>");
    String confirmation =
        md5(
            openssl,
            String.join(
                ":",
                a1,
                nonce,
                "00000001",
                CLIENT_NONCE,
                "auth-int",
                md5(openssl, ":/:" + md5(openssl, document, new byte[0]), new byte[0])),
            new byte[0]);
    assertThat(found(answered, "(?i)authentication-info: .*rspauth=\"([^\"]+)\""))
        .isEqualTo(confirmation);
  }

  private static String ask(Path curl, String authorization) {
    Programs.Outcome outcome =
        Programs.run(
            PATIENCE,
            List.of(
                curl.toString(),
                "-s",
                "-i",
                "-H",
                "Authorization: " + authorization,
                "http://127.0.0.1:" + server.ports().ub() + "/"));
    assertThat(outcome.exitCode()).isZero();
    return outcome.output();
  }

  private static String md5(OpenSsl openssl, String text, byte[] behind) {
    Path file = bed.folder().resolve("digested");
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(octets, octets.length + behind.length);
    System.arraycopy(behind, 0, whole, octets.length, behind.length);
    write(file, whole);
    return found(openssl.run("dgst", "-md5", file.toString()).output(), "= ([0-9a-f]{32})");
  }

  private static String found(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  private static AsnNode.Settings settings(String name, String carrier, String path) {
    var unused = added(name, path);
    return node(name, factoryFile(name), carrier);
  }

  /** Adds an enrolee with the server's command, which writes its factory file. */
  private static Attributes added(String name, String path) {
    return added(name, path, bed.data());
  }

  private static Path factoryFile(String name) {
    return bed.folder().resolve(name + ".json");
  }

  private static Attributes added(String name, String path, Path data) {
    return Commands.json(
        bed.jars().inServer(),
        PATIENCE,
        List.of(
            "enrolee",
            "add",
            "--data",
            data.toString(),
            "--method",
            "gba",
            "--path",
            path,
            "--factory-file",
            factoryFile(name).toString(),
            "--json"));
  }

  private static AsnNode.Settings node(String name, Path factoryFile, String carrier) {
    return node(name, factoryFile, carrier, server);
  }

  private static AsnNode.Settings node(
      String name, Path factoryFile, String carrier, InServer server) {
    List<String> factory = new ArrayList<>(AsnNode.withFactoryFile(factoryFile));
    factory.addAll(AsnNode.withUb(carrier, server.ports().ub()));
    return new AsnNode.Settings(
        bed.folder().resolve("vault-" + name),
        server.ports().coaps(),
        factory,
        List.of(),
        List.of());
  }

  private static void write(Path file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path file, byte[] octets) {
    try {
      Files.write(file, octets);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": can not be written", e);
    }
  }

  private static List<String> stepsOf(AsnNode node) {
    return node.events().stream()
        .flatMap(line -> line.text("step").stream())
        .filter(step -> !step.equals("mca"))
        .toList();
  }
}
