// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Set;

/**
 * Files and folders that only this user may use, where the file system knows users. Every change is
 * on disk when its method returns, and a power cut in it leaves the old content or the new, whole.
 */
public final class PrivateFiles {
  private static final String FOLDER_MODE = "rwx------";
  private static final String FILE_MODE = "rw-------";
  private static final String OTHERS_NOTHING = "------";
  private static final SecureRandom RANDOM = new SecureRandom();

  private PrivateFiles() {}

  /**
   * Creates the folder and its missing parents with mode 0700; leaves one that exists alone.
   *
   * @throws FileSystemException with a remedy as its reason if others may write to one that exists:
   *     they could put a key of theirs where one is expected
   */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, mode(folder, FOLDER_MODE));
    } else if (isWritableByOthers(folder)) {
      throw new FileSystemException(
          folder.toString(), null, "others may write to it, take that right away (chmod go-w)");
    }
  }

  private static boolean isWritableByOthers(Path folder) throws IOException {
    if (!isPosix(folder)) {
      return false;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    return permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /**
   * Opens a new file of mode 0600 for writing.
   *
   * @throws FileAlreadyExistsException if it is there
   */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        mode(file, FILE_MODE));
  }

  /** Whose a new file is. */
  public enum Owner {
    /** The user of this process. */
    WRITER,
    /**
     * Whoever owns the folder: what root does in another user's folder stays of use to that one.
     */
    OF_FOLDER
  }

  /** Has the file, with mode 0600, hold these octets. */
  public static void replace(Path file, byte[] octets) throws IOException {
    replace(file, octets, Owner.WRITER);
  }

  /** The same with an owner. */
  public static void replace(Path file, byte[] octets, Owner owner) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    write(fresh, octets, owner);
    rename(fresh, file);
  }

  /**
   * Has a new file, of mode 0600, hold these octets; of several processes at it one wins.
   *
   * @throws FileAlreadyExistsException if it is there
   */
  public static void createWhole(Path file, byte[] octets) throws IOException {
    createWhole(file, octets, Owner.WRITER);
  }

  /** The same with an owner. */
  public static void createWhole(Path file, byte[] octets, Owner owner) throws IOException {
    // A name of its own, since another process may be at the same file.
    String unique = Long.toHexString(RANDOM.nextLong());
    Path fresh = file.resolveSibling(file.getFileName() + "." + unique + ".new");
    try {
      write(fresh, octets, owner);
      // A link, and no move: that would replace what another process wrote meanwhile.
      Files.createLink(file, fresh);
    } finally {
      Files.deleteIfExists(fresh);
    }
    syncFolderOf(file);
  }

  /** Gives a file to whoever owns its folder, if it is another's; root alone can. */
  public static void giveToOwnerOfFolder(Path file) throws IOException {
    if (isPosix(file)) {
      UserPrincipal owner = Files.getOwner(file.toAbsolutePath().getParent());
      if (!owner.equals(Files.getOwner(file))) {
        Files.setOwner(file, owner);
      }
    }
  }

  /** Gives a file the name of another one of its folder, in place of that. */
  public static void rename(Path file, Path replaced) throws IOException {
    Files.move(file, replaced, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolderOf(replaced);
  }

  /** Deletes the file where there is one. */
  public static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      syncFolderOf(file);
    }
  }

  /** Whether anybody but the owner may do anything with the file. */
  public static boolean isOpenToOthers(Path file) throws IOException {
    return isPosix(file)
        && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
            .endsWith(OTHERS_NOTHING);
  }

  private static void write(Path fresh, byte[] octets, Owner owner) throws IOException {
    try (FileChannel channel = create(fresh)) {
      if (owner == Owner.OF_FOLDER) {
        giveToOwnerOfFolder(fresh);
      }
      ByteBuffer rest = ByteBuffer.wrap(octets);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** A name is durable once its folder is; elsewhere than on POSIX a folder can not be opened. */
  private static void syncFolderOf(Path file) throws IOException {
    if (isPosix(file)) {
      try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true);
      }
    }
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
