// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.SecureEnvironment;
import org.mooring.common.key.SecretKeyBytes;

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
  void aMalformedKeyIsNotRepeated() throws IOException {
    int exit =
        execute(
            "enrol",
            "--vault",
            vault(),
            "--mef",
            "coaps://127.0.0.1",
            "--kpm-id",
            "a@b.org",
            "--kpm",
            "hex:secretsecret");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("asn-client: --kpm: write an even number of hex digits after hex:\n")
        .doesNotContain("secretsecret");
  }

  @Test
  void aMalformedFactoryTextIsNotRepeated() throws IOException {
    Path text = Files.writeString(Path.of(vault() + ".qr"), "mooring:1?kpmid=a@b.org&kpm=secret!");

    assertThat(execute("enrol", "--vault", vault(), "--factory-text", "file:" + text)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("asn-client: --factory-text: kpm: write 1 to 1024 octets as base64url\n")
        .doesNotContain("secret!");
  }

  @Test
  void aFactoryTextIsReadFromAFileOrStandardInputAlone() throws IOException {
    String text = "mooring:1?kpmid=a@b.org&kpm=c2VjcmV0";

    assertThat(execute("enrol", "--vault", vault(), "--factory-text", text)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("asn-client: --factory-text: write '-' for standard input, or file:PATH\n")
        .doesNotContain("c2VjcmV0");
    Path file = Files.writeString(Path.of(vault() + ".qr"), text);
    assertThat(execute("enrol", "--vault", vault(), "--factory-text", "file:" + file)).isEqualTo(2);
    assertThat(err.toString()).contains("--mef: give it");
  }

  @Test
  void aKeyBehindAMistypedOptionIsNotRepeated() throws IOException {
    assertThat(execute("enrol", "--vault", vault(), "--kpn", "hex:secretsecret")).isEqualTo(2);
    assertThat(err.toString()).contains("--kpn").doesNotContain("secretsecret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "reset"})
  void askingAfterAVaultThatIsNotThereMakesNone(String command) throws IOException {
    Files.createDirectory(Path.of(vault()));

    assertThat(execute(command, "--vault", vault())).isEqualTo(1);
    assertThat(err.toString()).contains("vault: there is none in this folder");
    assertThat(Path.of(vault())).isEmptyDirectory();
  }

  @Test
  void statusNamesKeysAndNeverShowsThem() throws IOException {
    FileVault.in(Path.of(vault())).write(SampleState.full());

    assertThat(execute("status", "--vault", vault(), "--json")).isZero();

    assertThat(out.toString())
        .contains("\"nodeId\":\"urn:uuid:1\"")
        .contains("\"cseId\":\"/asn-0123456789ab\"")
        .contains("\"running\":false")
        .contains("\"waitingFor\":\"bootstrap\"")
        .contains("\"protectionLevel\":0")
        .contains("\"mca\":\"off\"")
        .contains("{\"name\":\"Ke\",\"id\":\"00112233445566778899AABBCCDDEEFF@mef.sp.example.org\"")
        .doesNotContain("\"key\"");
  }

  @Test
  void aVaultMovesToAKeyElsewhereAndBack() throws IOException {
    FileVault.in(Path.of(vault())).write(SampleState.full());
    String key = "file:" + keyFile("rw-------");

    assertThat(execute("reseal", "--vault", vault(), "--to", key)).isZero();
    assertThat(out.toString()).contains("sealed by a key file kept elsewhere (protection level 1)");
    assertThat(Path.of(vault()).resolve("vault.key")).doesNotExist();
    assertThat(execute("status", "--vault", vault(), "--vault-key", key, "--json")).isZero();
    assertThat(out.toString())
        .contains("\"vault\":\"file\",\"sealedBy\":\"a key file kept elsewhere\"")
        .contains("\"protectionLevel\":1");
    assertThat(execute("reseal", "--vault", vault(), "--vault-key", key, "--to", "vault-key"))
        .isZero();
    assertThat(FileVault.in(Path.of(vault())).read()).isPresent();
  }

  @Test
  void statusTellsTheLevelWithoutTheKey() throws IOException {
    FileVault.in(Path.of(vault()), SecureEnvironment.keyFile(SecretKeyBytes.random()))
        .write(SampleState.full());

    assertThat(execute("status", "--vault", vault(), "--json")).isZero();

    assertThat(out.toString())
        .contains("\"state\":null")
        .contains("\"protectionLevel\":1")
        .contains("give --vault-key to see the rest");
  }

  @Test
  void whatSealsAVaultIsNamedWhereTheOptionsDoNotFit() throws IOException {
    FileVault.in(Path.of(vault()), SecureEnvironment.keyFile(SecretKeyBytes.random()))
        .write(SampleState.full());

    assertThat(execute("reset", "--vault", vault(), "--yes")).isEqualTo(2);
    assertThat(err.toString()).contains("--vault-key: give it, a key file kept elsewhere seals");
    assertThat(execute("reset", "--vault", vault(), "--yes", "--vault-key", "machine-id"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("vault: sealed by a key file kept elsewhere, not by");
  }

  @Test
  void secretsOfTheVaultComeFromFilesForTheOwnerAlone() throws IOException {
    String open = "file:" + keyFile("rw-r--r--");

    assertVaultOption("--vault-key: write file: and a path", "--vault-key", "hex:00ff");
    assertVaultOption("change its mode to 0600", "--vault-key", open);
    assertVaultOption("--pkcs11-pin: give it", "--pkcs11-library", "/lib/none.so");
    assertVaultOption(
        "--pkcs11-pin: write file: and a path",
        "--pkcs11-library",
        "/lib/none.so",
        "--pkcs11-pin",
        "1234");
    assertVaultOption(
        "--pkcs11-pin: the file is open to other users",
        "--pkcs11-library",
        "/lib/none.so",
        "--pkcs11-pin",
        open);
    assertVaultOption(
        "leave it out, --pkcs11-library is given",
        "--pkcs11-library",
        "/lib/none.so",
        "--vault-key",
        open);
    assertThat(Path.of(vault())).doesNotExist();
  }

  private void assertVaultOption(String remedy, String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("enrol", "--vault", vault(), "--mef", "coaps://127.0.0.1:9"));
    arguments.addAll(List.of(options));
    err.getBuffer().setLength(0);
    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).contains(remedy).doesNotContain("1234");
  }

  private Path keyFile(String mode) throws IOException {
    Path file = folder.resolve("sealing.key");
    Files.write(file, SecretKeyBytes.random().toByteArray());
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void statusNamesTrustedNodeModeLoudly() throws IOException {
    FileVault file = FileVault.in(Path.of(vault()));
    file.write(SampleState.full());
    file.publishPort("coap", 5693);
    try (FileVault.Lock lock = file.lock()) {
      assertThat(lock).isNotNull();
      execute("status", "--vault", vault());
    }

    assertThat(out.toString())
        .contains("loopback, trusted-node mode")
        .containsPattern("process +running");
  }

  @Test
  void statusBelievesNoPortThatAKilledProcessLeft() throws IOException {
    FileVault file = FileVault.in(Path.of(vault()));
    file.write(SampleState.full());
    file.publishPort("coap", 5693);

    execute("status", "--vault", vault());

    assertThat(out.toString()).containsPattern("process +not running").doesNotContain("5693");
  }

  @Test
  void statusWithoutAVaultFailsAndMakesNone() throws IOException {
    assertThat(execute("status", "--vault", vault())).isEqualTo(1);
    assertThat(Path.of(vault())).doesNotExist();
  }

  @Test
  void resetKeepsTheBootstrapCredentialUnlessWiped() throws IOException {
    FileVault file = FileVault.in(Path.of(vault()));
    file.write(SampleState.full());

    assertThat(execute("reset", "--vault", vault(), "--yes")).isZero();
    assertThat(file.read().orElseThrow().configuration()).isEmpty();
    assertThat(file.read().orElseThrow().bootstrap()).isEqualTo(SampleState.full().bootstrap());
    assertThat(execute("reset", "--vault", vault(), "--yes", "--factory-wipe")).isZero();
    assertThat(file.read()).isEmpty();
  }

  @Test
  void factoryFilesThatDoNotFitAreNamedWithoutTheirKeys() throws IOException {
    assertFactoryFile("{}", "give one of kpmId, kmId, kpsaId and impi");
    assertFactoryFile("[]", "write one JSON object");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\",\"kpsaId\":\"b@c.org\"}", "give one of");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\"}", "give km, a text");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\",\"km\":\"topsecret\"}", "km: ");
    assertFactoryFile("{\"kmId\":\"topsecret\",\"km\":\"utf8:topsecret\"}", "kmId: ");
    assertFactoryFile("{\"kmId\":\"a@maf.example.org\",\"km\":\"utf8:topsecret\"}", "give ccfg");
    assertFactoryFile(
        "{\"kpmId\":\"a@mef.example.org\",\"kpm\":\"utf8:topsecret\",\"expires\":\"soon\"}",
        "write expires as");
    assertFactoryFile("{\"kpmId\":\"a@mef.example.org\",\"impi\":\"b@c.org\"}", "give one of");
    String usim = "{\"impi\":\"a@b.org\",\"usimK\":\"utf8:%s\",\"usimOpc\":\"utf8:%s\"}";
    assertFactoryFile(usim.formatted("topsecret", "topsecret"), "K: give 16 octets");
    assertFactoryFile(usim.formatted("topsecret0123456", "topsecret0123456"), "give mef");
  }

  private void assertFactoryFile(String content, String remedy) throws IOException {
    Path file = Files.writeString(folder.resolve("factory.json"), content);
    err.getBuffer().setLength(0);
    int exit =
        execute(
            "enrol",
            "--vault",
            vault(),
            "--mef",
            "coaps://127.0.0.1:9",
            "--factory-file",
            file.toString());
    assertThat(exit).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("asn-client: --factory-file: ")
        .contains(remedy)
        .doesNotContain("topsecret");
    assertThat(Path.of(vault()).resolve("vault.bin")).doesNotExist();
  }

  @Test
  void certificateOptionsThatDoNotFitAreNamed() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "no certificate").toString();

    assertCertificate("give --certificate-key and --trust", "--certificate", file);
    assertCertificate(
        "give a private key as PKCS#8",
        "--certificate",
        file,
        "--certificate-key",
        file,
        "--trust",
        file);
    assertCertificate(
        "can not be read", "--certificate", file, "--certificate-key", file + "x", "--trust", file);
  }

  @Test
  void rawKeyOptionsThatDoNotFitAreNamed() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "no key").toString();
    String id = "ni:///sha-256;NuGr_TXosonYjZcSamGXin3q2tNrlXWXNIEeJp56cVo";

    assertFactory("--raw-key: give --trust or --mef-public-key", "--raw-key", file);
    assertFactory("--raw-key: give --trust or --mef-public-key", "--mef-public-key", id);
    assertFactory(
        "--raw-key: give --trust or --mef-public-key",
        "--raw-key",
        file,
        "--trust",
        file,
        "--mef-public-key",
        id);
    assertFactory(
        "--raw-key: give a private key as PKCS#8", "--raw-key", file, "--mef-public-key", id);
  }

  private void assertCertificate(String remedy, String... options) throws IOException {
    assertFactory("--certificate: ", options);
    assertThat(err.toString()).contains(remedy);
  }

  private void assertFactory(String message, String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("enrol", "--vault", vault(), "--mef", "coaps://mef.sp.example.org:9"));
    arguments.addAll(List.of(options));
    err.getBuffer().setLength(0);
    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).startsWith("asn-client: " + message);
    assertThat(Path.of(vault()).resolve("vault.bin")).doesNotExist();
  }

  @Test
  void usimOptionsThatDoNotFitAreNamedWithoutTheKey() throws IOException {
    String key = "utf8:topsecret0123456topsecret0123456";

    assertUsim("--usim: give it", "--impi", "a@b.org");
    assertUsim("--ub: give it", "--impi", "a@b.org", "--usim", key);
    assertUsim("--ub: write coap://", "--impi", "a@b.org", "--usim", key, "--ub", "coaps://a:1");
    assertUsim(
        "--usim: give K and OPc, 16 octets each",
        "--impi",
        "a@b.org",
        "--usim",
        "utf8:topsecret",
        "--ub",
        "coap://a:1");
  }

  private void assertUsim(String message, String... options) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("enrol", "--vault", vault(), "--mef", "coaps://mef.sp.example.org:9"));
    arguments.addAll(List.of(options));
    err.getBuffer().setLength(0);
    assertThat(execute(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(err.toString()).startsWith("asn-client: " + message).doesNotContain("topsecret");
    assertThat(Path.of(vault()).resolve("vault.bin")).doesNotExist();
  }

  @Test
  void aFactoryFileTakesThePlaceOfTheOptions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("factory.json"), "{\"kpmId\":\"a@b.org\",\"kpm\":\"utf8:secret\"}");

    assertThat(
            execute(
                "enrol",
                "--vault",
                vault(),
                "--factory-file",
                file.toString(),
                "--kpm-id",
                "a@b.org"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("leave out --kpm-id and --kpm");
  }

  @Test
  void aVaultInUseIsLeftAlone() throws IOException {
    FileVault file = FileVault.in(Path.of(vault()));
    file.write(SampleState.full());
    try (FileVault.Lock lock = file.lock()) {
      assertThat(lock).isNotNull();
      assertThat(execute("reset", "--vault", vault(), "--yes")).isEqualTo(1);
    }
    assertThat(err.toString()).contains("in use");
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
