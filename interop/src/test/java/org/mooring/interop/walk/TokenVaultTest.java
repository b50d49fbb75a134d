// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.SealedBy;
import org.mooring.interop.Peers;
import org.mooring.interop.peer.Programs;
import org.mooring.interop.peer.SoftHsm;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Commands;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.JarProcess;

/** A node whose vault is sealed by a key in a PKCS#11 token: SoftHSM 2. */
@Timeout(240)
class TokenVaultTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PIN = "648219";

  @TempDir Path folder;

  private TestBed bed;
  private SoftHsm hsm;
  private Path vault;
  private Path pin;

  @BeforeEach
  void start() throws IOException {
    Path module = Peers.require("softhsm2", SoftHsm.installedModule());
    bed = TestBed.in(folder);
    hsm = SoftHsm.in(folder.resolve("hsm"), module);
    hsm.makeToken("node", PIN);
    vault = folder.resolve("vault");
    pin = pinFile(PIN);
  }

  @AfterEach
  void stop() {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void aNodeRegistersIsKilledAndGoesOnWithItsToken() throws Exception {
    InServer server = bed.startServer();
    List<String> factory = factory(server, bed.addEnrolee(server, "maf"));
    try (JarProcess killed = startNode(factory)) {
      killed.await(PATIENCE, "the first step", lines -> find(lines, "\"step\":\"bootstrap\""));
      killed.kill();
    }

    Programs.Outcome enrolled = node("enrol", factory);
    assertThat(enrolled.exitCode()).as(enrolled.errors()).isZero();
    assertThat(enrolled.output())
        .contains("\"step\":\"register-cse\"")
        .doesNotContain("\"step\":\"bootstrap\"");

    try (JarProcess again = startNode(List.of())) {
      again.await(PATIENCE, "the registration", lines -> find(lines, "\"event\":\"registered\""));
      assertThat(again.lines())
          .contains(
              "{\"event\":\"vault\",\"vault\":\"pkcs11\",\"sealedBy\":\"a PKCS#11 token\","
                  + "\"protectionLevel\":1}")
          .noneMatch(line -> line.contains("\"step\":\"bootstrap\""));
      assertThat(statusWithoutToken())
          .contains("\"state\":null", "\"running\":true", "\"vault\":\"pkcs11\"")
          .contains("\"protectionLevel\":1", "\"mcaPort\":", "give --pkcs11-library");
      assertThat(status()).contains("\"state\":\"REGISTERED\"", "\"protectionLevel\":1");
    }
    assertThat(vault.resolve("vault.key")).doesNotExist();
    assertNoSecretIn(PIN);
  }

  @Test
  void theTokenHoldsOneKeyThatIsSensitiveAndNeverLeavesIt() {
    Path tool = Peers.require("pkcs11-tool", Programs.find("pkcs11-tool"));
    fillVault();

    Programs.Outcome objects =
        Programs.run(
            PATIENCE,
            hsm.command(
                List.of(
                    tool.toString(),
                    "--module",
                    hsm.module().toString(),
                    "--login",
                    "--pin",
                    PIN,
                    "--list-objects")));

    assertThat(objects.output())
        .containsOnlyOnce("Secret Key Object; AES length 32")
        .containsPattern("label: +mooring-[0-9a-f]{16}\n")
        .containsPattern("ID: +[4-7][0-9a-f]{15}\n")
        .containsPattern("Usage: +encrypt\n")
        .containsPattern("Access: +sensitive, always sensitive, never extra[ct]+able, local\n");
  }

  @Test
  void withoutItsTokenTheVaultDoesNotOpenAndIsNotHarmed() throws Exception {
    fillVault();
    byte[] before = Files.readAllBytes(vault.resolve("vault.bin"));
    SoftHsm none = SoftHsm.in(folder.resolve("none"), hsm.module());
    SoftHsm another = SoftHsm.in(folder.resolve("another"), hsm.module());
    another.makeToken("node", PIN);

    assertRefused(none, withToken(), 1, "vault: no PKCS#11 token can be used (CKR_");
    assertRefused(another, withToken(), 1, "vault: this token has no key mooring-");
    assertRefused(
        hsm, withToken(pinFile("111111")), 2, "vault: the token refuses the PIN (CKR_PIN_");
    assertRefused(
        hsm,
        concat(withToken(), List.of("--pkcs11-slot", "4711")),
        1,
        "vault: no PKCS#11 token can be used (CKR_SLOT_ID_INVALID)");
    assertRefused(hsm, List.of(), 2, "asn-client: --pkcs11-library: give it, a token seals");
    assertRefused(
        hsm,
        List.of("--vault-key", "machine-id"),
        1,
        "vault: sealed by a PKCS#11 token, not by the machine id");

    assertThat(Files.readAllBytes(vault.resolve("vault.bin"))).isEqualTo(before);
    assertThat(status()).contains("\"state\":\"FACTORY\"");
  }

  @Test
  void aNewVaultIsNotMadeWithoutTheToken() {
    Programs.Outcome refused =
        run(
            hsm,
            concat(List.of("enrol", "--vault", vault.toString()), factoryOfNobody()),
            withToken(folder.resolve("no-pin")));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(vault.resolve("vault.bin")).doesNotExist();
    hsm.deleteToken("node");
    Programs.Outcome withoutToken =
        run(
            hsm,
            concat(List.of("enrol", "--vault", vault.toString()), factoryOfNobody()),
            withToken());
    assertThat(withoutToken.exitCode()).isEqualTo(1);
    assertThat(withoutToken.errors()).startsWith("vault: no PKCS#11 token").hasLineCount(1);
    assertThat(vault.resolve("vault.bin")).doesNotExist();
  }

  @Test
  void aVaultMovesIntoATokenAndOutOfItAgain() {
    Programs.Outcome filled =
        run(hsm, concat(List.of("enrol", "--vault", vault.toString()), factoryOfNobody()));
    assertThat(filled.errors()).startsWith("enrol: not registered in time");
    assertThat(FileVault.sealedBy(vault)).contains(SealedBy.VAULT_KEY);

    Programs.Outcome into = reseal("pkcs11");
    assertThat(into.output())
        .isEqualTo("reseal: done, sealed by a PKCS#11 token (protection level 1)\n");
    assertThat(vault.resolve("vault.key")).doesNotExist();
    assertThat(status()).contains("\"state\":\"FACTORY\"");

    Programs.Outcome out = reseal("machine-id");
    assertThat(out.exitCode()).as(out.errors()).isZero();
    hsm.deleteToken("node");
    assertThat(statusWithoutToken())
        .contains("\"state\":\"FACTORY\"", "\"vault\":\"file\"", "\"protectionLevel\":0");
  }

  private List<String> factory(InServer server, TestBed.Enrolee enrolee) {
    List<String> options =
        new ArrayList<>(List.of("--mef", "coaps://127.0.0.1:" + server.ports().coaps()));
    options.addAll(AsnNode.withKpm(folder.resolve("node.factory"), enrolee.kpmId(), enrolee.kpm()));
    return options;
  }

  /** What a node has to be given that tries a server in vain. */
  private List<String> factoryOfNobody() {
    List<String> options = new ArrayList<>(List.of("--mef", "coaps://127.0.0.1:9"));
    options.addAll(List.of("--dtls-timeout", "50ms", "--timeout", "1s"));
    options.addAll(
        AsnNode.withKpm(
            folder.resolve("nobody.factory"),
            "nobody@mef.sp.example.org",
            "hex:000102030405060708090a0b0c0d0e0f"));
    return options;
  }

  /** Makes a vault in the token that has nothing but a factory credential. */
  private void fillVault() {
    Programs.Outcome filled = node("enrol", factoryOfNobody());
    assertThat(filled.errors()).startsWith("enrol: not registered in time");
    assertThat(FileVault.sealedBy(vault)).contains(SealedBy.TOKEN);
  }

  private JarProcess startNode(List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("run", "--json", "--mca-port", "0"));
    arguments.addAll(List.of("--vault", vault.toString()));
    arguments.addAll(withToken());
    arguments.addAll(options);
    return JarProcess.start(
        hsm.command(Commands.command(bed.jars().asnClient(), arguments)),
        folder.resolve("node.log"));
  }

  private Programs.Outcome node(String command, List<String> options) {
    return run(hsm, List.of(command, "--vault", vault.toString(), "--json"), withToken(), options);
  }

  private Programs.Outcome reseal(String to) {
    return run(hsm, List.of("reseal", "--vault", vault.toString(), "--to", to), withToken());
  }

  private String status() {
    return node("status", List.of()).output();
  }

  private String statusWithoutToken() {
    return run(hsm, List.of("status", "--vault", vault.toString(), "--json")).output();
  }

  private void assertRefused(SoftHsm there, List<String> options, int exitCode, String message) {
    Programs.Outcome outcome =
        run(there, List.of("reset", "--yes", "--vault", vault.toString()), options);
    assertThat(outcome.errors()).startsWith(message).doesNotContain(PIN, "\tat ");
    assertThat(outcome.exitCode()).as(message).isEqualTo(exitCode);
  }

  @SafeVarargs
  private Programs.Outcome run(SoftHsm there, List<String>... arguments) {
    return Programs.run(
        PATIENCE, there.command(Commands.command(bed.jars().asnClient(), concat(arguments))));
  }

  private List<String> withToken() {
    return withToken(pin);
  }

  private List<String> withToken(Path pinFile) {
    return List.of("--pkcs11-library", hsm.module().toString(), "--pkcs11-pin", "file:" + pinFile);
  }

  private Path pinFile(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("pin-" + text.hashCode()), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @SafeVarargs
  private static List<String> concat(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).toList();
  }

  private static Optional<String> find(List<String> lines, String text) {
    return lines.stream().filter(line -> line.contains(text)).findFirst();
  }

  private void assertNoSecretIn(String secret) throws IOException {
    for (Path file : List.of(folder.resolve("node.log"), vault.resolve("vault.bin"))) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain(secret);
    }
  }
}
