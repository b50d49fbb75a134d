// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SequenceWindow;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;

class FileVaultTest {
  @TempDir Path folder;

  private static SecureEnvironment keyFile() {
    return SecureEnvironment.keyFile(SecretKeyBytes.random());
  }

  private static Seal seal(SecretKeyBytes key) {
    return new Seal(SealedBy.KEY_FILE, key);
  }

  @Test
  void aNewVaultIsEmpty() {
    assertThat(FileVault.in(folder).read()).isEmpty();
  }

  @Test
  void everyPartOfAStateComesBack() {
    NodeState state = SampleState.full();
    FileVault.in(folder).write(state);

    NodeState read = FileVault.in(folder).read().orElseThrow();

    assertThat(read).usingRecursiveComparison().isEqualTo(state);
    assertThat(NodeStateCodec.write(read)).hasSameSizeAs(NodeStateCodec.write(state));
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws Exception {
    FileVault.in(folder).write(SampleState.full());

    for (String name : List.of("vault.bin", "vault.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void noKeyAndNoIdentifierShowsInTheFile() throws Exception {
    FileVault.in(folder).write(SampleState.full());

    byte[] file = Files.readAllBytes(folder.resolve("vault.bin"));
    String hex = HexFormat.of().formatHex(file);
    for (SecretKeyBytes key : List.of(SampleState.KPM, SampleState.KE, SampleState.TENTATIVE_KC)) {
      assertThat(hex).doesNotContain(HexFormat.of().formatHex(key.toByteArray()));
    }
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain("example.org");
  }

  @Test
  void anyChangedOctetIsOneClearError() throws Exception {
    FileVault.in(folder).write(SampleState.full());
    Path file = folder.resolve("vault.bin");
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at += 7) {
      byte[] bad = good.clone();
      bad[at] ^= 0x40;
      Files.write(file, bad);
      assertThatThrownBy(() -> FileVault.in(folder).read())
          .isInstanceOf(VaultException.class)
          .hasMessageStartingWith("vault: ");
    }
  }

  @Test
  void aTruncatedFileIsOneClearError() throws Exception {
    FileVault.in(folder).write(SampleState.full());
    Path file = folder.resolve("vault.bin");
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length += 11) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> FileVault.in(folder).read()).isInstanceOf(VaultException.class);
    }
  }

  @Test
  void anotherSealingKeyDoesNotOpenIt() {
    FileVault.in(folder, keyFile()).write(SampleState.full());

    assertThatThrownBy(() -> FileVault.in(folder, keyFile()).read())
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("another key");
  }

  @Test
  void aVaultWithItsKeyElsewhereHasNoKeyFile() {
    FileVault.in(folder, keyFile()).write(SampleState.full());

    assertThat(folder.resolve("vault.key")).doesNotExist();
  }

  @Test
  void aLeftoverOfAnInterruptedWriteIsNoHindrance() throws Exception {
    FileVault vault = FileVault.in(folder);
    vault.write(SampleState.factory());
    Files.writeString(folder.resolve("vault.bin.new"), "half a fi");

    assertThat(vault.read().orElseThrow().stage(SampleState.NOW)).isEqualTo(NodeStage.FACTORY);
    vault.write(SampleState.full());
    assertThat(vault.read().orElseThrow().stage(SampleState.NOW)).isEqualTo(NodeStage.REGISTERED);
    assertThat(folder.resolve("vault.bin.new")).doesNotExist();
  }

  @Test
  void aWriteThatFailsLeavesTheOldState() throws Exception {
    FileVault vault = FileVault.in(folder);
    vault.write(SampleState.full());
    Path inTheWay = Files.createDirectory(folder.resolve("vault.bin.new"));
    Files.writeString(inTheWay.resolve("file"), "x");

    assertThatThrownBy(() -> vault.write(SampleState.factory())).isInstanceOf(VaultException.class);
    assertThat(vault.read().orElseThrow().stage(SampleState.NOW)).isEqualTo(NodeStage.REGISTERED);
  }

  @Test
  void aNewerVersionIsRefused() {
    SecretKeyBytes key = SecretKeyBytes.random();
    byte[] newer = new VaultFormat(seal(key), List.of(content -> content)).seal(SampleState.full());

    assertThatThrownBy(() -> new VaultFormat(seal(key), List.of()).open(newer))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("newer program");
  }

  @Test
  void theFirstVersionHadABootstrapCredentialAlone() {
    SecretKeyBytes key = SecretKeyBytes.random();
    byte[] older = new VaultFormat(seal(key), List.of()).seal(SampleState.full());
    UnaryOperator<Attributes> toVersion1 =
        content -> {
          Attributes single = OlderVault.single(content);
          return single.toBuilder()
              .put("bootstrap", single.members("factory").orElseThrow())
              .put("factory", Attributes.NONE)
              .build();
        };
    UnaryOperator<Attributes> toPresent =
        content ->
            NodeStateCodec.fromVersion4(
                NodeStateCodec.fromVersion3(NodeStateCodec.fromVersion1(content)));

    NodeState read =
        new VaultFormat(seal(key), List.of(toVersion1.andThen(toPresent)::apply)).open(older);

    assertThat(read.bootstrap()).isEqualTo(SampleState.full().bootstrap());
    assertThat(read.key(Rung.ENROLMENT)).isPresent();
  }

  /** The folder was written by the program before the one with several credentials. */
  @Test
  void aStoredVaultOfTheThirdVersionOpensWithItsSingleFactoryCredential() throws Exception {
    for (String name : List.of("vault.key", "vault.bin")) {
      try (InputStream stored =
          Objects.requireNonNull(FileVaultTest.class.getResourceAsStream("version-3/" + name))) {
        PrivateFiles.replace(folder.resolve(name), stored.readAllBytes());
      }
    }

    NodeState read = FileVault.in(folder).read().orElseThrow();

    assertThat(read.factories().members())
        .singleElement()
        .satisfies(
            only -> {
              assertThat(only.credential().id()).hasToString("kpm@mef.sp.example.org");
              assertThat(only.verdict()).isEqualTo(Verdict.OPEN);
            });
    assertThat(read.key(Rung.ENROLMENT)).isPresent();
    assertThat(read.failures(Rung.BOOTSTRAP)).isEqualTo(2);
    assertThat(read.applications()).containsOnlyKeys("Cdemo");
    FileVault.in(folder).write(read);
    assertThat(Files.readAllBytes(folder.resolve("vault.bin"))).startsWith('M', 'V', 'L', 'T', 5);
    assertThat(FileVault.in(folder).read().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(read);
  }

  @Test
  void severalFactoryCredentialsComeBackWithWhatWasLearntOfThem() {
    FactoryCredentials learnt =
        FactoryCredentials.of(
                List.of(
                    SampleState.certificate(), SampleState.rawKey(), SampleState.full().factory()))
            .passedOver(Verdict.REFUSED, "handshake with mef.sp.example.org")
            .passedOver(Verdict.BARRED, "4107 From: enrol with another credential");
    NodeState state = SampleState.full().toBuilder().factory(learnt).build();
    VaultFormat format = new VaultFormat(seal(SecretKeyBytes.random()), List.of());

    NodeState read = format.open(format.seal(state));

    assertThat(read.factories()).isEqualTo(learnt);
    FactoryCredentials enrolled = learnt.enrolledWith(state.factory().id());
    NodeState later = state.toBuilder().factory(enrolled).build();
    assertThat(format.open(format.seal(later)).factories()).isEqualTo(enrolled);
    assertThat(read.factory()).isEqualTo(SampleState.full().factory());
  }

  @Test
  void aPreProvisionedKeyComesBackAsItWas() {
    NodeState full = SampleState.full();
    NodeState state =
        NodeState.factory(
            new PreProvisionedKey(
                KeyIdentifier.parse("test@onem2m.com"),
                SecretKeyBytes.random(),
                Rung.ASSOCIATION,
                SampleState.NOW,
                full.configuration().orElseThrow(),
                "in.example.org",
                5684));
    VaultFormat format = new VaultFormat(seal(SecretKeyBytes.random()), List.of());

    NodeState read = format.open(format.seal(state));

    assertThat(read.factory()).isEqualTo(state.factory());
    assertThat(read.key(Rung.ASSOCIATION)).isEqualTo(state.key(Rung.ASSOCIATION));
    assertThat(read.configuration()).isEqualTo(state.configuration());
  }

  @Test
  void aUsimComesBackWithTheNumbersItAccepted() {
    SequenceWindow numbers = SequenceWindow.FRESH.accepting(SequenceNumber.of(41, 9)).orElseThrow();
    NodeState state =
        NodeState.factory(
                new UsimCredential(
                    Impi.parse("001@ims.example.org"),
                    SecretKeyBytes.random(),
                    new Fqdn("mef.sp.example.org"),
                    UbAddress.parse("http://in.example.org:8090"),
                    "in.example.org",
                    5684))
            .toBuilder()
            .sequenceNumbers(numbers)
            .build();
    VaultFormat format = new VaultFormat(seal(SecretKeyBytes.random()), List.of());

    NodeState read = format.open(format.seal(state));

    assertThat(read.factory()).isEqualTo(state.factory());
    assertThat(read.sequenceNumbers()).isEqualTo(numbers);
  }

  @Test
  void aUsimOnACardComesBackWithoutAKey() {
    NodeState state =
        NodeState.factory(
            new UsimCredential(
                Impi.parse("001@ims.example.org"),
                new UsimChip.OnCard("Reader 00"),
                new Fqdn("mef.sp.example.org"),
                new Fqdn("bsf.operator.example"),
                UbAddress.parse("coap://in.example.org:8090"),
                "in.example.org",
                5684));
    VaultFormat format = new VaultFormat(seal(SecretKeyBytes.random()), List.of());

    NodeState read = format.open(format.seal(state));

    assertThat(read.factory()).isEqualTo(state.factory());
    assertThat(read.factory().secret()).isEmpty();
  }

  @Test
  void anotherUsimBeginsWithNumbersOfItsOwn() {
    NodeState used =
        SampleState.full().toBuilder()
            .sequenceNumbers(SequenceWindow.FRESH.accepting(SequenceNumber.of(1, 1)).orElseThrow())
            .build();
    UsimCredential other =
        new UsimCredential(
            Impi.parse("001@ims.example.org"),
            SecretKeyBytes.random(),
            new Fqdn("mef.sp.example.org"),
            UbAddress.parse("coap://in.example.org:8090"),
            "in.example.org",
            5684);

    NodeState changed = used.toBuilder().factory(other).build();

    assertThat(changed.sequenceNumbers()).isEqualTo(SequenceWindow.FRESH);
    assertThat(changed.key(Rung.ENROLMENT)).isPresent();
  }

  @Test
  void anOlderVersionIsMigrated() {
    SecretKeyBytes key = SecretKeyBytes.random();
    byte[] older = new VaultFormat(seal(key), List.of()).seal(SampleState.full());
    UnaryOperator<Attributes> forgetsApplications =
        content -> content.toBuilder().put("applications", Attributes.NONE).build();

    NodeState read = new VaultFormat(seal(key), List.of(forgetsApplications)).open(older);

    assertThat(read.applications()).isEmpty();
    assertThat(read.key(Rung.ENROLMENT)).isPresent();
  }

  @Test
  void oneProcessWritesAndOthersMayRead() {
    FileVault vault = FileVault.in(folder);
    vault.write(SampleState.full());
    assertThat(vault.isInUse()).isFalse();
    try (FileVault.Lock lock = vault.lock()) {
      assertThat(lock).isNotNull();
      assertThat(vault.isInUse()).isTrue();
      assertThatThrownBy(() -> FileVault.in(folder).lock())
          .isInstanceOf(VaultException.class)
          .hasMessageContaining("in use");
      assertThat(FileVault.in(folder).read()).isPresent();
    }
    assertThat(vault.isInUse()).isFalse();
    FileVault.in(folder).lock().close();
  }

  @Test
  void aPublishedPortIsFoundUntilItIsWithdrawn() {
    FileVault vault = FileVault.in(folder);
    vault.publishPort("coap", 5693);

    assertThat(vault.publishedPort("coap")).contains(5693L);
    vault.withdrawPorts();
    assertThat(vault.publishedPort("coap")).isEmpty();
  }

  @Test
  void aSuccessorTakesThePlaceOfThePresentStateWhichBecomesTheFormerOne() {
    FileVault vault = FileVault.in(folder);
    NodeState present = SampleState.full();
    NodeState next = NodeState.factory(present.factory());
    vault.write(present);
    assertThat(vault.successor().isFilled()).isFalse();
    assertThat(vault.successor().fill(next)).isTrue();

    vault.promote();

    FileVault reopened = FileVault.in(folder);
    assertThat(reopened.read().orElseThrow()).usingRecursiveComparison().isEqualTo(next);
    assertThat(reopened.former().read().orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(present);
    assertThat(reopened.successor().isFilled()).isFalse();
    reopened.former().erase();
    assertThat(reopened.former().isFilled()).isFalse();
  }

  @Test
  void aSecondOrderToMoveChangesNothing() {
    FileVault vault = FileVault.in(folder);
    NodeState first = SampleState.full();
    vault.successor().fill(first);

    assertThat(vault.successor().fill(NodeState.factory(first.factory()))).isFalse();
    assertThat(vault.successor().read().orElseThrow()).usingRecursiveComparison().isEqualTo(first);
  }
}
