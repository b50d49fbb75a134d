// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.primitive.RefusedException;

/**
 * The folder with everything one server keeps, and where a command finds the server that runs on
 * it.
 *
 * <pre>
 * mooring.db    the store          admin.token  the admin API's bearer token
 * kek.key       seals its secrets  ports.json   while the server answers: its ports
 * lock          held while a server runs
 * </pre>
 *
 * @param path the folder
 */
public record DataFolder(Path path) {
  /**
   * Creates the folder with mode 0700 if it is new.
   *
   * @throws UncheckedIOException if that fails
   */
  public DataFolder create() {
    try {
      PrivateFiles.createFolder(path);
    } catch (IOException e) {
      throw new UncheckedIOException("data folder " + path + ": can not be used", e);
    }
    return this;
  }

  public Path tokenFile() {
    return path.resolve("admin.token");
  }

  public Path portsFile() {
    return path.resolve("ports.json");
  }

  /**
   * Keeps other servers off the folder until the lock is closed or the process ends.
   *
   * @throws IllegalStateException if a server runs on it
   * @throws UncheckedIOException if the folder can not be written
   */
  public Lock lock() {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return new Lock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another server of this very process: the same as one of another process.
    } catch (IOException e) {
      throw new UncheckedIOException("data folder " + path + ": can not be locked", e);
    }
    closeQuietly(channel);
    throw new IllegalStateException(
        "data folder " + path + ": stop the server that runs on it first");
  }

  /** Tells commands where the server is; call it once the server answers. */
  public void writePorts(Ports ports) {
    try {
      byte[] json = ContentCodec.writeAttributes(Serialization.JSON, ports.toAttributes());
      PrivateFiles.replace(portsFile(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(portsFile() + ": can not be written", e);
    }
  }

  /** Forgets the ports of an earlier run; call it before a start and at a stop. */
  public void removePorts() {
    try {
      Files.deleteIfExists(portsFile());
    } catch (IOException e) {
      throw new UncheckedIOException(portsFile() + ": can not be removed", e);
    }
  }

  /** The ports of the server that runs on the folder, or empty where none says so. */
  public Optional<Ports> readPorts() {
    try {
      byte[] json = Files.readAllBytes(portsFile());
      return Optional.of(Ports.read(ContentCodec.readAttributes(Serialization.JSON, json)));
    } catch (IOException | RefusedException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The admin API's token, or empty where there is none that this user may read. */
  public Optional<String> readToken() {
    try {
      return Optional.of(Files.readString(tokenFile(), StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Held by the server that runs on the folder. */
  public static final class Lock implements AutoCloseable {
    private final FileChannel channel;

    private Lock(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void close() {
      closeQuietly(channel);
    }
  }
}
