// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.SecureEnvironment;
import org.mooring.common.key.SecretKeyBytes;

/** The commands that look after a vault: status, reset, reseal, and what seals it. */
class VaultCommandsTest extends CommandLineBench {
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
    assertThat(wrongEnrol(options)).contains(remedy).doesNotContain("1234");
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
  void aVaultInUseIsLeftAlone() throws IOException {
    FileVault file = FileVault.in(Path.of(vault()));
    file.write(SampleState.full());
    try (FileVault.Lock lock = file.lock()) {
      assertThat(lock).isNotNull();
      assertThat(execute("reset", "--vault", vault(), "--yes")).isEqualTo(1);
    }
    assertThat(err.toString()).contains("in use");
  }
}
