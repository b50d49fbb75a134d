// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.key.SecretKeyBytes;

/**
 * The files of a vault: written so that a power cut leaves the old content or the new one. They are
 * the folder's owner's, also where root is at work.
 */
final class VaultDirectory {
  private static final String LOCK = "vault.lock";

  private final Path directory;

  /**
   * Makes the folder, for its owner alone, where it is missing; refuses one that others may write
   * to.
   */
  VaultDirectory(Path directory) {
    this.directory = directory;
    try {
      PrivateFiles.createFolder(directory);
    } catch (IOException e) {
      throw new VaultException("vault: can not use the folder " + e.getMessage(), e);
    }
  }

  private Path resolve(String name) {
    return directory.resolve(name);
  }

  Optional<byte[]> read(String name) {
    try {
      return Optional.of(Files.readAllBytes(resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new VaultException("vault: can not read " + resolve(name), e);
    }
  }

  /** Has the file hold this content, also after a power cut. */
  void replace(String name, byte[] content) {
    try {
      PrivateFiles.replace(resolve(name), content, PrivateFiles.Owner.OF_FOLDER);
    } catch (IOException e) {
      throw new VaultException("vault: can not write " + resolve(name), e);
    }
  }

  boolean has(String name) {
    return Files.exists(resolve(name));
  }

  /**
   * Makes a file with this content.
   *
   * @return false, and nothing changes, if there is one of this name
   */
  boolean create(String name, byte[] content) {
    try {
      PrivateFiles.createWhole(resolve(name), content, PrivateFiles.Owner.OF_FOLDER);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new VaultException("vault: can not write " + resolve(name), e);
    }
  }

  /** Gives a file the name of another one, in place of that; also after a power cut. */
  void rename(String name, String replaced) {
    try {
      PrivateFiles.rename(resolve(name), resolve(replaced));
    } catch (IOException e) {
      throw new VaultException("vault: can not write " + resolve(replaced), e);
    }
  }

  /** A secret of 32 octets in a file of this name, made where it is missing. */
  SecretKeyBytes secretMade(String name) {
    if (!Files.exists(resolve(name))) {
      createSecret(name);
    }
    return secret(name);
  }

  /**
   * The secret of 32 octets in a file of this name.
   *
   * @throws VaultException if it is missing, open to others, or no such file
   */
  SecretKeyBytes secret(String name) {
    byte[] octets =
        read(name)
            .orElseThrow(
                () ->
                    new VaultException(
                        "vault: " + resolve(name) + " is missing; restore it, or reset the node"));
    try {
      if (octets.length != SecretKeyBytes.DERIVED_LENGTH) {
        throw new VaultException("vault: " + resolve(name) + " has not 32 octets");
      }
      if (PrivateFiles.isOpenToOthers(resolve(name))) {
        throw new VaultException(
            "vault: " + resolve(name) + " is open to other users; change its mode to 0600");
      }
      return SecretKeyBytes.copyOf(octets);
    } catch (IOException e) {
      throw new VaultException("vault: can not use " + resolve(name), e);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private void createSecret(String name) {
    byte[] fresh = SecretKeyBytes.random().toByteArray();
    try {
      // Where another process was first, its secret counts.
      var unused = create(name, fresh);
    } finally {
      Arrays.fill(fresh, (byte) 0);
    }
  }

  /**
   * @throws VaultException if another process holds the lock
   */
  FileLock lock() {
    try {
      FileChannel channel =
          FileChannel.open(resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      PrivateFiles.giveToOwnerOfFolder(resolve(LOCK));
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new VaultException("vault: in use by another process; stop that one first");
      }
      return lock;
    } catch (IOException e) {
      throw new VaultException("vault: can not lock " + resolve(LOCK), e);
    }
  }

  /** Whether a process holds the lock now. */
  boolean isLocked() {
    try (FileChannel channel = FileChannel.open(resolve(LOCK), StandardOpenOption.WRITE)) {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        return true;
      }
      lock.release();
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new VaultException("vault: can not probe " + resolve(LOCK), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The names of the files that begin and end so, sorted. */
  List<String> names(String prefix, String suffix) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, prefix + "*" + suffix)) {
      return StreamSupport.stream(files.spliterator(), false)
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .toList();
    } catch (IOException | DirectoryIteratorException e) {
      throw new VaultException("vault: can not list " + directory, e);
    }
  }

  void delete(String name) {
    try {
      PrivateFiles.delete(resolve(name));
    } catch (IOException e) {
      throw new VaultException("vault: can not delete " + resolve(name), e);
    }
  }
}
