// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  /** Has the file with mode 0600 hold these octets, or what it held before; nothing in between. */
  static void replace(Path file, byte[] octets) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (FileChannel channel = create(fresh)) {
      ByteBuffer remaining = ByteBuffer.wrap(octets);
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    if (isPosix(file)) {
      try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true);
      }
    }
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
