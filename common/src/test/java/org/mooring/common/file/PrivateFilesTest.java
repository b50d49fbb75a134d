// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {
  private static final byte[] OLD = "old".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEW = "newer".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path parent;
  private Path folder;
  private Path file;

  @BeforeEach
  void makeAFolder() throws IOException {
    folder = parent.resolve("a").resolve("b");
    file = folder.resolve("file");
    PrivateFiles.createFolder(folder);
  }

  @Test
  void aFileIsReplacedWholeAndLeavesNothingBeside() throws IOException {
    PrivateFiles.replace(file, OLD);
    PrivateFiles.replace(file, NEW);

    assertThat(file).hasBinaryContent(NEW);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void whatAPowerCutLeftBesideIsInNobodysWay() throws IOException {
    Files.write(folder.resolve("file.new"), OLD);

    PrivateFiles.replace(file, NEW);

    assertThat(file).hasBinaryContent(NEW);
  }

  @Test
  void aFileMadeOnceIsNotMadeAgain() throws IOException {
    PrivateFiles.createWhole(file, OLD);

    assertThatThrownBy(() -> PrivateFiles.createWhole(file, NEW))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(file).hasBinaryContent(OLD);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void deletingTwiceIsDeletingOnce() throws IOException {
    PrivateFiles.replace(file, OLD);

    PrivateFiles.delete(file);
    PrivateFiles.delete(file);

    assertThat(file).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsMadeHereIsForItsOwnerAlone() throws IOException {
    PrivateFiles.replace(file, OLD);

    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(file)).isEqualTo("rw-------");
    assertThat(PrivateFiles.isOpenToOthers(file)).isFalse();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatTheGroupMayReadIsOpenToOthers() throws IOException {
    PrivateFiles.replace(file, OLD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    assertThat(PrivateFiles.isOpenToOthers(file)).isTrue();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aFolderThatOthersMayWriteToIsRefusedWithARemedy() throws IOException {
    Path shared = folder.resolve("shared");
    PrivateFiles.createFolder(shared);
    PrivateFiles.createFolder(shared);
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwx---"));

    assertThatThrownBy(() -> PrivateFiles.createFolder(shared)).hasMessageContaining("chmod go-w");
  }
}
