// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;

/**
 * A vault in a folder.
 *
 * <ul>
 *   <li>{@code vault.bin}: the state, sealed
 *   <li>{@code successor.bin}, {@code former.bin}: likewise at the providers that the node moves to
 *       and takes its leave of, while it does
 *   <li>{@code order-….bin}: what other processes want done about applications, sealed likewise
 *   <li>{@code vault.key}: 32 octets that seal it, readable for the owner; absent where the {@link
 *       SecureEnvironment} is another
 *   <li>{@code vault.salt}: 32 octets that seal it together with the machine id, where they do
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

  /**
   * With the third version the head tells what seals the file, and certificates are held; with the
   * fourth there may be several factory credentials, with the fifth instances of applications.
   */
  private static final List<UnaryOperator<Attributes>> MIGRATIONS =
      List.of(
          NodeStateCodec::fromVersion1,
          NodeStateCodec::fromVersion2,
          NodeStateCodec::fromVersion3,
          NodeStateCodec::fromVersion4);

  private final VaultDirectory directory;
  private final SecureEnvironment environment;

  /** How this process seals, once it had to know. */
  private @Nullable VaultFormat format;

  private FileVault(VaultDirectory directory, SecureEnvironment environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /** Whether a folder has a vault, if only one without a state; asking makes nothing. */
  public static boolean existsIn(Path folder) {
    return Stream.of(CONTENT, KeyInVault.FILE, MachineId.SALT)
        .anyMatch(name -> Files.exists(folder.resolve(name)));
  }

  /**
   * What seals the vault in a folder; none where there is no state, or an older file does not say.
   * Asking makes nothing and needs no key.
   *
   * @throws VaultException if the file is no vault, or a newer program's
   */
  public static Optional<SealedBy> sealedBy(Path folder) {
    Path content = folder.resolve(CONTENT);
    if (!Files.exists(content)) {
      return Optional.empty();
    }
    return new VaultDirectory(folder)
        .read(CONTENT)
        .flatMap(file -> VaultHeader.read(file, VaultFormat.version(MIGRATIONS)).sealedBy());
  }

  /**
   * A vault sealed under the key in its own folder; both are made where they are missing.
   *
   * @throws VaultException if the folder can not be used
   */
  public static FileVault in(Path folder) {
    return in(folder, SecureEnvironment.keyInVault(folder));
  }

  /**
   * A vault in a folder, which is made where it is missing.
   *
   * @param environment what seals it, or is to
   * @throws VaultException if the folder can not be used
   */
  public static FileVault in(Path folder, SecureEnvironment environment) {
    return new FileVault(new VaultDirectory(folder), environment);
  }

  /** What seals the vault, or is to. */
  public SealedBy sealedBy() {
    return environment.sealedBy();
  }

  /**
   * {@inheritDoc}
   *
   * @throws VaultException also if something else seals it; then nothing is made
   */
  @Override
  public Optional<NodeState> read() {
    return directory.read(CONTENT).map(file -> formatOf(file).open(file));
  }

  /**
   * {@inheritDoc}
   *
   * @throws VaultException also if something else seals the old state
   */
  @Override
  public void write(NodeState state) {
    directory.replace(CONTENT, formatToWrite().seal(state));
  }

  /**
   * Has something else seal the vault, at once and as a whole; the caller holds the lock. A key or
   * salt in the folder that seals no more is deleted afterwards. Orders about applications that
   * wait are carried out before.
   *
   * @return the vault as it is then
   * @throws VaultException if there is no state, or several during a change of provider, or what
   *     seals it, or is to, can not be used; the vault is as it was
   */
  public FileVault reseal(SecureEnvironment next) {
    StateKeeper keeper =
        new StateKeeper(
            this,
            read().orElseThrow(() -> new VaultException("vault: empty; enrol or run fills it")));
    if (successor().isFilled() || former().isFilled()) {
      throw new VaultException("vault: the node changes its provider; reseal it afterwards");
    }
    var unused = applicationOrders().carryOut(keeper);
    FileVault resealed = new FileVault(directory, next);
    resealed.remember(new VaultFormat(next.create(), MIGRATIONS));
    resealed.write(keeper.state());
    if (next.sealedBy() != SealedBy.VAULT_KEY) {
      directory.delete(KeyInVault.FILE);
    }
    if (next.sealedBy() != SealedBy.MACHINE_ID) {
      directory.delete(MachineId.SALT);
    }
    return resealed;
  }

  private synchronized VaultFormat formatToWrite() {
    if (format != null) {
      return format;
    }
    return directory
        .read(CONTENT)
        .map(this::formatOf)
        .orElseGet(() -> remember(new VaultFormat(environment.create(), MIGRATIONS)));
  }

  private synchronized VaultFormat formatOf(byte[] file) {
    VaultHeader header = VaultHeader.read(file, VaultFormat.version(MIGRATIONS));
    requireSealedBy(header, environment.sealedBy());
    if (format != null && format.fits(header)) {
      return format;
    }
    return remember(new VaultFormat(environment.open(header.parameters()), MIGRATIONS));
  }

  private synchronized VaultFormat remember(VaultFormat made) {
    format = made;
    return made;
  }

  private static void requireSealedBy(VaultHeader header, SealedBy wanted) {
    boolean fits =
        header
            .sealedBy()
            .map(told -> told == wanted)
            .orElse(wanted == SealedBy.VAULT_KEY || wanted == SealedBy.KEY_FILE);
    if (!fits) {
      throw new VaultException(
          "vault: sealed by "
              + header.sealedBy().map(SealedBy::text).orElse("a key file")
              + ", not by "
              + wanted.text()
              + "; give the options of the former, or move it with reseal");
    }
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
  public ApplicationOrders applicationOrders() {
    return new FileOrders(directory, this::formatToWrite, this::formatOf);
  }

  @Override
  public void promote() {
    directory.read(CONTENT).ifPresent(present -> directory.replace(FORMER, present));
    directory.rename(SUCCESSOR, CONTENT);
  }

  /** Forgets every state and order; the sealing key stays. */
  public void erase() {
    applicationOrders().erase();
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
      return directory.read(name).map(file -> formatOf(file).open(file));
    }

    @Override
    public void write(NodeState state) {
      directory.replace(name, formatToWrite().seal(state));
    }

    @Override
    public boolean fill(NodeState state) {
      return directory.create(name, formatToWrite().seal(state));
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
