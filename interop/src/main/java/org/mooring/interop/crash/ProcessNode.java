// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.key.KeyText;
import org.mooring.common.primitive.Attributes;
import org.mooring.interop.process.AsnNode;
import org.mooring.interop.process.Jars;

/**
 * A node that runs as {@code asn-client.jar}, to be killed. Local applications register at it and
 * publish through its Mca; what its lines of output and its answers told has to be in its vault
 * when it is dead.
 */
final class ProcessNode implements LoadNode, AutoCloseable {
  private static final List<String> SMALL =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m");
  private static final List<String> IMPATIENT =
      List.of(
          "--ack-timeout", "300ms",
          "--dtls-timeout", "400ms",
          "--backoff-first", "100ms",
          "--backoff-max", "500ms");

  private final Enrolled owner;
  private final BootstrapCredential bootstrap;
  private final AsnNode.Settings settings;
  private final Jars jars;
  private final Ledger ledger;
  private final FileVault files;
  private final VaultWatch watch;
  private final Publisher publisher;
  private final Answers answers = new Answers();
  private final Set<String> applications = ConcurrentHashMap.newKeySet();
  private final Set<String> replacedKeys = new HashSet<>();
  private @Nullable AsnNode process;
  private @Nullable LocalTraffic traffic;
  private int starts;

  ProcessNode(
      Enrolled owner,
      BootstrapCredential bootstrap,
      Path folder,
      Jars jars,
      Ledger ledger,
      KnownKeys keys) {
    this.owner = owner;
    this.bootstrap = bootstrap;
    this.jars = jars;
    this.ledger = ledger;
    Path vault = folder.resolve(owner.fileName());
    this.files = FileVault.in(vault);
    this.watch = new VaultWatch(owner, ledger, keys);
    this.publisher = new Publisher(owner, ledger);
    this.settings =
        new AsnNode.Settings(
            vault,
            bootstrap.port(),
            AsnNode.withKpm(
                folder.resolve(owner.fileName() + ".json"),
                owner.kpmId().toString(),
                KeyText.hex(owner.kpm())),
            SMALL,
            IMPATIENT);
  }

  synchronized void start() {
    answers.restart(System.nanoTime());
    AsnNode started = AsnNode.start(jars, settings);
    process = started;
    traffic = LocalTraffic.start(started, owner, ++starts, publisher, answers, applications::add);
  }

  /** Waits until the process offers its Mca: from then on it is on its way. */
  void awaitOpen() {
    AsnNode started;
    synchronized (this) {
      started = process;
    }
    if (started != null) {
      var unused = started.awaitMcaPort();
    }
  }

  /**
   * {@code kill -9}; what the node told so far is held against its vault.
   *
   * @return what it was doing
   */
  synchronized String kill() {
    AsnNode killed = process;
    if (killed == null) {
      return "not running";
    }
    killed.kill();
    stopTraffic();
    process = null;
    Optional<NodeState> left = files.read();
    List<Attributes> told = killed.events();
    left.ifPresent(watch::saw);
    requireTold(told, left);
    if (left.isEmpty() || told.isEmpty()) {
      return "start";
    }
    return Activity.of(left.get());
  }

  /** The vault is lost, as with an exchanged memory card; the factory key is still there. */
  synchronized void forget() {
    files.erase();
    watch.forget();
    applications.clear();
    replacedKeys.clear();
  }

  /** A key that was told may have been replaced since, but never by one that it replaced. */
  private void requireTold(List<Attributes> told, Optional<NodeState> left) {
    requireKeys(told, left, "bootstrap", Rung.ENROLMENT);
    requireKeys(told, left, "associate", Rung.ASSOCIATION);
    for (String aeId : applications) {
      if (left.filter(state -> state.applications().containsKey(aeId)).isEmpty()) {
        ledger.violation(owner.cseId() + " lost its application " + aeId);
      }
    }
  }

  private void requireKeys(
      List<Attributes> told, Optional<NodeState> left, String step, Rung rung) {
    List<String> keys =
        told.stream()
            .filter(line -> line.text("step").equals(Optional.of(step)))
            .flatMap(line -> line.text("keyId").stream())
            .toList();
    if (keys.isEmpty()) {
      return;
    }
    replacedKeys.addAll(keys.subList(0, keys.size() - 1));
    String held =
        left.flatMap(state -> state.key(rung)).map(HeldKey::id).map(Object::toString).orElse("");
    if (held.isEmpty() || replacedKeys.contains(held)) {
      ledger.violation(owner.cseId() + " lost its key " + keys.get(keys.size() - 1));
    }
    if (!held.equals(keys.get(keys.size() - 1))) {
      replacedKeys.add(keys.get(keys.size() - 1));
    }
  }

  private void stopTraffic() {
    if (traffic != null) {
      traffic.close();
      traffic = null;
    }
  }

  @Override
  public Enrolled owner() {
    return owner;
  }

  @Override
  public NodeState state() {
    return files.read().orElseGet(() -> NodeState.factory(bootstrap));
  }

  @Override
  public Answers answers() {
    return answers;
  }

  /** What the process wrote last, for the message about one that does not come back. */
  synchronized List<String> lastLines() {
    List<String> lines = process == null ? List.of() : new ArrayList<>(process.process().lines());
    return lines.subList(Math.max(0, lines.size() - 5), lines.size());
  }

  /** Ends the process in order; its vault stays. */
  @Override
  public synchronized void close() {
    stopTraffic();
    if (process != null) {
      process.close();
      process = null;
      files.read().ifPresent(watch::saw);
    }
  }
}
