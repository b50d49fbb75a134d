// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;

/**
 * A vault in a folder.
 *
 * <ul>
 *   <li>{@code vault.bin}: the state, sealed
 *   <li>{@code successor.bin}, {@code former.bin}: likewise at the providers that the node moves to
 *       and takes its leave of, while it does
 *   <li>{@code vault.key}: 32 octets that seal it, readable for the owner; absent where the caller
 *       brings the key
 *   <li>{@code vault.lock}: held by the one process that may write
 *   <li>{@code ports.json}: ports the running node chose
 * </ul>
 */
public final class FileVault implements ProviderVault {
  private static final String CONTENT = "vault.bin";
  private static final String SUCCESSOR = "successor.bin";
  private static final String FORMER = "former.bin";
  private static final String PORTS = "ports.json";
  private static final int LARGEST_PORT = 65_535;

  private final VaultDirectory directory;
  private final VaultFormat format;

  private FileVault(VaultDirectory directory, SecretKeyBytes sealingKey) {
    this.directory = directory;
    this.format = new VaultFormat(sealingKey, List.of(NodeStateCodec::fromVersion1));
  }

  /** Whether a folder has a vault, if only one without a state; asking makes nothing. */
  public static boolean existsIn(Path folder) {
    return Files.exists(folder.resolve(CONTENT))
        || Files.exists(folder.resolve(VaultDirectory.SEALING_KEY));
  }

  /**
   * A vault sealed under the key in its own folder, which is made where it is missing.
   *
   * @throws VaultException if the folder or the key can not be used
   */
  public static FileVault in(Path folder) {
    VaultDirectory directory = new VaultDirectory(folder);
    return new FileVault(directory, directory.sealingKey());
  }

  /**
   * A vault sealed under a key kept elsewhere.
   *
   * @param sealingKey 32 octets
   * @throws VaultException if the key has another length or the folder can not be used
   */
  public static FileVault in(Path folder, SecretKeyBytes sealingKey) {
    if (sealingKey.length() != SecretKeyBytes.DERIVED_LENGTH) {
      throw new VaultException("vault: give a --vault-key of 32 octets");
    }
    return new FileVault(new VaultDirectory(folder), sealingKey);
  }

  @Override
  public Optional<NodeState> read() {
    return directory.read(CONTENT).map(format::open);
  }

  @Override
  public void write(NodeState state) {
    directory.replace(CONTENT, format.seal(state));
  }

  @Override
  public VaultSlot successor() {
    return new Slot(SUCCESSOR);
  }

  @Override
  public VaultSlot former() {
    return new Slot(FORMER);
  }

  @Override
  public void promote() {
    directory.read(CONTENT).ifPresent(present -> directory.replace(FORMER, present));
    directory.rename(SUCCESSOR, CONTENT);
  }

  /** Forgets every state; the sealing key stays. */
  public void erase() {
    directory.delete(SUCCESSOR);
    directory.delete(FORMER);
    directory.delete(CONTENT);
  }

  /**
   * Makes this process the one that may write, until the lock is closed.
   *
   * @throws VaultException if another process is
   */
  public Lock lock() {
    return new Lock(directory.lock());
  }

  /**
   * Whether a process holds the lock now.
   *
   * @throws VaultException if that can not be probed
   */
  public boolean isInUse() {
    return directory.isLocked();
  }

  /** Tells other programs on this host where the running node listens. */
  public void publishPort(String scheme, int port) {
    Attributes ports = Attributes.builder().put(scheme, port).build();
    directory.replace(PORTS, ContentCodec.writeAttributes(Serialization.JSON, ports));
  }

  /**
   * The port that was published last and not withdrawn; none where the file is damaged. Of use only
   * while {@link #isInUse}.
   */
  public Optional<Long> publishedPort(String scheme) {
    return directory
        .read(PORTS)
        .flatMap(FileVault::ports)
        .flatMap(ports -> ports.whole(scheme).stream().boxed().findFirst())
        .filter(port -> port >= 1 && port <= LARGEST_PORT);
  }

  private static Optional<Attributes> ports(byte[] json) {
    try {
      return Optional.of(ContentCodec.readAttributes(Serialization.JSON, json));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /** Takes {@code ports.json} away again. */
  public void withdrawPorts() {
    directory.delete(PORTS);
  }

  private final class Slot implements VaultSlot {
    private final String name;

    Slot(String name) {
      this.name = name;
    }

    @Override
    public boolean isFilled() {
      return directory.has(name);
    }

    @Override
    public Optional<NodeState> read() {
      return directory.read(name).map(format::open);
    }

    @Override
    public void write(NodeState state) {
      directory.replace(name, format.seal(state));
    }

    @Override
    public boolean fill(NodeState state) {
      return directory.create(name, format.seal(state));
    }

    @Override
    public void erase() {
      directory.delete(name);
    }
  }

  /** The right to write a vault. */
  public static final class Lock implements AutoCloseable {
    private final FileLock lock;

    private Lock(FileLock lock) {
      this.lock = lock;
    }

    @Override
    public void close() {
      try {
        lock.acquiredBy().close();
      } catch (IOException e) {
        throw new VaultException("vault: can not give the lock back", e);
      }
    }
  }
}
