// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Operation;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditVerification;
import org.mooring.in.transaction.RequestKey;

/** What lies in the data folder: who may read it, what it shows and what a crash leaves. */
class SqliteFilesTest extends StoreTest {
  @Override
  String emptyDatabase(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("mooring.db");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(settings.directory())) {
      return files.toList();
    }
  }

  @Test
  void onlyTheOwnerMayReadANewDataFolder() throws Exception {
    await(store.write(tx -> tx.repeatedRequests().purge()));
    assertThat(mode(settings.directory())).isEqualTo("rwx------");
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .contains("mooring.db", "mooring.db-wal", "kek.key");
    for (Path file : files()) {
      assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
    }
  }

  @Test
  void aKeyFileOpenToOthersIsRefused() throws Exception {
    store.close();
    Files.setPosixFilePermissions(settings.keyFile(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> Store.open(settings, clock()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("0600");
  }

  @Test
  void aKeyFileCutShortIsRefused() throws Exception {
    store.close();
    PrivateFiles.replace(settings.keyFile(), new byte[31]);
    assertThatThrownBy(() -> Store.open(settings, clock()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("32 octets");
  }

  @Test
  void aCopyTakenWithoutClosingHasEveryAcknowledgedWrite() throws Exception {
    List<CompletionStage<Void>> writes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String subject = "row-" + i;
      writes.add(
          store
              .write(
                  tx -> {
                    tx.audit().record("test", AuditAction.ENROLEE_ADDED, subject);
                    return subject;
                  })
              .thenAccept(done -> {}));
    }
    for (CompletionStage<Void> write : writes) {
      await(write);
    }
    Path crashed = Files.createDirectory(folder.resolve("crashed"));
    for (String name : List.of("mooring.db", "mooring.db-wal", "kek.key")) {
      Files.copy(
          settings.directory().resolve(name),
          crashed.resolve(name),
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    try (Store reopened = Store.open(StoreSettings.in(crashed), clock())) {
      AuditVerification chain = await(reopened.read(tx -> tx.auditLog().verify()));
      assertThat(chain.intact()).isTrue();
      assertThat(chain.entries()).isEqualTo(300);
    }
  }

  @Test
  void noSealedSecretShowsInAnyFile() throws Exception {
    SecretKeyBytes secret = SecretKeyBytes.random();
    String known = "a text to find";
    RequestKey key =
        RequestKey.of("//sp.example.org/asn-1", known, Operation.CREATE, "/maf", new byte[0]);
    await(
        store.write(
            tx -> {
              tx.repeatedRequests().remember(key, secret.toByteArray());
              return true;
            }));
    Optional<byte[]> answer = await(store.read(tx -> tx.repeatedRequests().find(key)));
    assertThat(answer).hasValueSatisfying(a -> assertThat(a).isEqualTo(secret.toByteArray()));

    assertFilesShow(secret, known);
    store.close();
    assertFilesShow(secret, known);
    reopen(settings);
  }

  private void assertFilesShow(SecretKeyBytes secret, String known) throws IOException {
    String raw = new String(secret.toByteArray(), ISO_8859_1);
    String hex = HexFormat.of().formatHex(secret.toByteArray());
    boolean foundKnown = false;
    for (Path file : files()) {
      String content = Files.readString(file, ISO_8859_1);
      assertThat(content.contains(raw)).as("raw in " + file).isFalse();
      assertThat(content.toLowerCase(Locale.ROOT).contains(hex)).as("hex in " + file).isFalse();
      foundKnown |= content.contains(known);
    }
    assertThat(foundKnown).as("the search finds what is not sealed").isTrue();
  }
}
