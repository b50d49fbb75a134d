// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Creates files that only this user may read, where the file system knows users. */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Creates the folder and its missing parents with mode 0700; leaves one that exists alone. */
  static void createDirectory(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, mode(directory, "rwx------"));
      }
    } catch (IOException e) {
      throw new StoreException("cannot create the data folder " + directory, e);
    }
  }

  /** Opens a new file of mode 0600 for writing. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        mode(file, "rw-------"));
  }

  /** Whether anybody but the owner may do anything with the file. */
  static boolean isOpenToOthers(Path file) throws IOException {
    if (!isPosix(file)) {
      return false;
    }
    return Files.getPosixFilePermissions(file).stream().anyMatch(PrivateFiles::isOfOthers);
  }

  private static boolean isOfOthers(PosixFilePermission permission) {
    return !permission.name().startsWith("OWNER_");
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
