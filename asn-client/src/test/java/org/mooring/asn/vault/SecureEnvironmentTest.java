// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.key.SecretKeyBytes;

class SecureEnvironmentTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";

  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = temporary.resolve("vault");
  }

  private SecureEnvironment machine(String id) throws IOException {
    Path file = Files.writeString(temporary.resolve("machine-id"), id + "\n");
    return new MachineId(folder, List.of(temporary.resolve("missing"), file));
  }

  private static SecureEnvironment keyFile() {
    return SecureEnvironment.keyFile(SecretKeyBytes.random());
  }

  private byte[] content() throws IOException {
    return Files.readAllBytes(folder.resolve("vault.bin"));
  }

  @Test
  void aVaultOfTheVersionBeforeOpensAndTellsItsSealOnceWritten() throws Exception {
    SecretKeyBytes key = SecretKeyBytes.random();
    NodeState state = SampleState.full();
    PrivateFiles.createFolder(folder);
    PrivateFiles.replace(folder.resolve("vault.key"), key.toByteArray());
    byte[] before = OlderVault.sealed(2, new Seal(SealedBy.VAULT_KEY, key), state);
    PrivateFiles.replace(folder.resolve("vault.bin"), before);
    assertThat(before).startsWith('M', 'V', 'L', 'T', 2);
    assertThat(FileVault.sealedBy(folder)).isEmpty();

    NodeState read = FileVault.in(folder).read().orElseThrow();
    assertThat(read).usingRecursiveComparison().isEqualTo(state);
    FileVault.in(folder).write(read);

    assertThat(content()).startsWith('M', 'V', 'L', 'T', 5, 1, 0);
    assertThat(FileVault.sealedBy(folder)).contains(SealedBy.VAULT_KEY);
    assertThat(FileVault.in(folder).read()).isPresent();
  }

  @Test
  void anOlderVaultIsNotTakenOverByAnotherSeal() throws Exception {
    PrivateFiles.createFolder(folder);
    byte[] before =
        new VaultFormat(new Seal(SealedBy.KEY_FILE, SecretKeyBytes.random()), List.of())
            .seal(SampleState.full());
    PrivateFiles.replace(folder.resolve("vault.bin"), before);

    assertThatThrownBy(() -> FileVault.in(folder, machine(ID)).write(SampleState.factory()))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("sealed by a key file, not by the machine id");
    assertThat(content()).isEqualTo(before);
    assertThat(folder.resolve("vault.salt")).doesNotExist();
  }

  @Test
  void aVaultOfThisMachineOpensHereAlone() throws Exception {
    FileVault.in(folder, machine(ID)).write(SampleState.full());

    assertThat(FileVault.in(folder, machine(ID)).read()).isPresent();
    assertThat(FileVault.sealedBy(folder)).contains(SealedBy.MACHINE_ID);
    assertThat(folder.resolve("vault.key")).doesNotExist();
    assertThat(mode("vault.salt")).isEqualTo("rw-------");
    SecureEnvironment elsewhere = machine(ID.replace('0', '9'));
    assertThatThrownBy(() -> FileVault.in(folder, elsewhere).read())
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("another key");
  }

  @Test
  void aMachineWithoutAnIdIsOneClearErrorAndLeavesNoVault() throws Exception {
    SecureEnvironment none = machine("uninitialized");

    assertThatThrownBy(() -> FileVault.in(folder, none).write(SampleState.full()))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("has no id")
        .hasMessageContaining("--vault-key");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aSaltOrKeyThatOthersMayReadIsRefused() throws Exception {
    FileVault.in(folder, machine(ID)).write(SampleState.full());
    Files.setPosixFilePermissions(
        folder.resolve("vault.salt"), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> FileVault.in(folder, machine(ID)).read())
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("change its mode to 0600");
  }

  @Test
  void aVaultWhoseKeyIsGoneSaysSoAndMakesNoOther() throws Exception {
    FileVault.in(folder).write(SampleState.full());
    Files.delete(folder.resolve("vault.key"));

    assertThatThrownBy(() -> FileVault.in(folder).read())
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("vault.key is missing");
    assertThat(folder.resolve("vault.key")).doesNotExist();
  }

  @Test
  void anotherSealThanTheVaultsIsNamedAndChangesNothing() throws Exception {
    FileVault.in(folder, machine(ID)).write(SampleState.full());
    byte[] before = content();

    assertThatThrownBy(() -> FileVault.in(folder, keyFile()).read())
        .isInstanceOf(VaultException.class)
        .hasMessage(
            "vault: sealed by the machine id with vault.salt, not by a key file kept elsewhere;"
                + " give the options of the former, or move it with reseal");
    assertThatThrownBy(() -> FileVault.in(folder).write(SampleState.factory()))
        .isInstanceOf(VaultException.class);
    assertThat(content()).isEqualTo(before);
    assertThat(folder.resolve("vault.key")).doesNotExist();
  }

  @Test
  void aVaultMovesFromSealToSealWithItsState() throws Exception {
    NodeState state = SampleState.full();
    FileVault beside = FileVault.in(folder);
    beside.write(state);

    FileVault byMachine = beside.reseal(machine(ID));
    assertThat(folder.resolve("vault.key")).doesNotExist();
    assertThat(FileVault.in(folder, machine(ID)).read().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(state);

    SecureEnvironment key = keyFile();
    FileVault byKey = byMachine.reseal(key);
    assertThat(folder.resolve("vault.salt")).doesNotExist();
    byKey.write(SampleState.factory());
    assertThat(FileVault.in(folder, key).read().orElseThrow().stage(SampleState.NOW))
        .isEqualTo(NodeStage.FACTORY);
  }

  @Test
  void aResealThatFailsLeavesTheVaultAsItWas() throws Exception {
    FileVault beside = FileVault.in(folder);
    beside.write(SampleState.full());
    byte[] before = content();

    SecureEnvironment none = machine("");
    assertThatThrownBy(() -> beside.reseal(none)).isInstanceOf(VaultException.class);
    Path inTheWay = Files.createDirectory(folder.resolve("vault.bin.new"));
    Files.writeString(inTheWay.resolve("file"), "x");
    SecureEnvironment good = machine(ID);
    assertThatThrownBy(() -> beside.reseal(good)).isInstanceOf(VaultException.class);

    assertThat(content()).isEqualTo(before);
    assertThat(FileVault.in(folder).read()).isPresent();
  }

  @Test
  void aChangedHeadIsOneClearError() throws Exception {
    SecureEnvironment key = keyFile();
    FileVault.in(folder, key).write(SampleState.full());
    byte[] good = content();
    for (int at = 4; at < 7; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(folder.resolve("vault.bin"), bad);
      assertThatThrownBy(() -> FileVault.in(folder, key).read())
          .isInstanceOf(VaultException.class)
          .hasMessageStartingWith("vault: ");
    }
    for (int length = 0; length < 7; length++) {
      Files.write(folder.resolve("vault.bin"), Arrays.copyOf(good, length));
      assertThatThrownBy(() -> FileVault.in(folder, key).read())
          .isInstanceOf(VaultException.class)
          .hasMessageStartingWith("vault: ");
    }
  }

  @Test
  void aTokensModuleThatIsMissingIsOneClearErrorAndLeavesNoVault() {
    SecureEnvironment token =
        SecureEnvironment.token(
            new TokenSettings(
                temporary.resolve("no-module.so"),
                new TokenSettings.Slot.First(),
                SecretKeyBytes.random(),
                TokenSettings.labelFor(folder)));

    assertThatThrownBy(() -> FileVault.in(folder, token).write(SampleState.full()))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("no-module.so can not be read")
        .hasMessageContaining("--pkcs11-library");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTokensParametersThatAreNoneAreDamage() {
    TokenSettings settings =
        new TokenSettings(
            temporary.resolve("module.so"),
            new TokenSettings.Slot.First(),
            SecretKeyBytes.random(),
            "node");
    for (int length : new int[] {0, 31, 32, 255}) {
      assertThatThrownBy(() -> SecureEnvironment.token(settings).open(new byte[length]))
          .isInstanceOf(VaultException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void twoVaultsOfOneMachineHaveTwoKeysInOneToken() {
    assertThat(TokenSettings.labelFor(folder))
        .matches("mooring-[0-9a-f]{16}")
        .isEqualTo(TokenSettings.labelFor(folder.resolve("x/..")))
        .isNotEqualTo(TokenSettings.labelFor(temporary));
  }

  private String mode(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
  }
}
