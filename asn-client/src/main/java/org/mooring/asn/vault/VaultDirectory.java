// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.key.SecretKeyBytes;

/** The files of a vault: written so that a power cut leaves the old content or the new one. */
final class VaultDirectory {
  private static final String SEALING_KEY = "vault.key";
  private static final String LOCK = "vault.lock";

  private final Path directory;

  /** Makes the folder, for its owner alone, where it is missing. */
  VaultDirectory(Path directory) {
    this.directory = directory;
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, ownerOnly("rwx------"));
      }
    } catch (IOException e) {
      throw new VaultException("vault: can not make the folder " + directory, e);
    }
  }

  Path resolve(String name) {
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

  /** Replaces a file: a new one beside it, synced, renamed over it, and the folder synced. */
  void replace(String name, byte[] content) {
    Path target = resolve(name);
    Path beside = resolve(name + ".new");
    try {
      Files.deleteIfExists(beside);
      writeSynced(beside, content);
      Files.move(
          beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncDirectory();
    } catch (IOException e) {
      throw new VaultException("vault: can not write " + target, e);
    }
  }

  /** The key that seals the vault, made at first use with access for its owner alone. */
  SecretKeyBytes sealingKey() {
    Optional<byte[]> present = read(SEALING_KEY);
    if (present.isEmpty()) {
      createSealingKey();
      present = read(SEALING_KEY);
    }
    byte[] octets =
        present.orElseThrow(() -> new VaultException("vault: " + SEALING_KEY + " vanished"));
    try {
      if (octets.length != SecretKeyBytes.DERIVED_LENGTH) {
        throw new VaultException("vault: " + resolve(SEALING_KEY) + " has not 32 octets");
      }
      return SecretKeyBytes.copyOf(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private void createSealingKey() {
    byte[] fresh = SecretKeyBytes.random().toByteArray();
    Path beside = resolve(SEALING_KEY + ".new");
    try {
      Files.deleteIfExists(beside);
      writeSynced(beside, fresh);
      Files.createLink(resolve(SEALING_KEY), beside);
      Files.delete(beside);
      syncDirectory();
    } catch (FileAlreadyExistsException e) {
      // Another process was first: its key counts.
      return;
    } catch (IOException e) {
      throw new VaultException("vault: can not write " + resolve(SEALING_KEY), e);
    } finally {
      Arrays.fill(fresh, (byte) 0);
    }
  }

  private static void writeSynced(Path file, byte[] content) throws IOException {
    Set<StandardOpenOption> fresh = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(file, fresh, ownerOnly("rw-------"))) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** A rename is durable once the folder is; where folders can not be opened it is on its own. */
  private void syncDirectory() throws IOException {
    if (isPosix()) {
      try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }

  /**
   * @throws VaultException if another process holds the lock
   */
  FileLock lock() {
    try {
      FileChannel channel =
          FileChannel.open(resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  void delete(String name) {
    try {
      Files.deleteIfExists(resolve(name));
      syncDirectory();
    } catch (IOException e) {
      throw new VaultException("vault: can not delete " + resolve(name), e);
    }
  }

  private static boolean isPosix() {
    return Path.of("").getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
