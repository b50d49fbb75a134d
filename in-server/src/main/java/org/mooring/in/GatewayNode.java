// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import org.mooring.asn.Backoff;
import org.mooring.asn.LifeStep;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.StepReport;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.registration.LocalCse;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Trouble;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.thread.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node that an MN-CSE is on: from its factory credential to the registration with the
 * registrar, and on from there as {@code asn-client} does it.
 */
final class GatewayNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayNode.class);
  private static final int THREADS = 2;

  private final FileVault.Lock lock;
  private final StateKeeper keeper;
  private final ScheduledThreadPoolExecutor scheduler;
  private final DtlsEndpointFactory endpoints;
  private final Node node;
  private final CompletableFuture<ClientConfiguration> enrolled = new CompletableFuture<>();
  private final List<Consumer<NodeState>> onRegistered = new CopyOnWriteArrayList<>();
  private final List<Consumer<NodeState>> onProlonged = new CopyOnWriteArrayList<>();

  private GatewayNode(GatewaySettings settings, FileVault vault, InstantSource clock) {
    this.lock = vault.lock();
    try {
      this.keeper = prepared(vault, settings.factory());
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    this.scheduler = DaemonThreads.scheduler("gateway-node", THREADS);
    this.endpoints = DtlsEndpointFactory.create(settings.timers());
    this.node =
        new Node(
            endpoints,
            keeper,
            clock,
            Backoff.DEFAULT,
            scheduler,
            listener(),
            CommandSettings.DEFAULT,
            LocalCse.ofMiddleNode(settings.cseName(), settings.accessPoints()));
  }

  /**
   * Starts it.
   *
   * @throws IllegalArgumentException if the vault has no factory credential and none is given
   */
  static GatewayNode start(GatewaySettings settings, InstantSource clock) {
    GatewayNode started = new GatewayNode(settings, FileVault.in(settings.vault()), clock);
    started.keeper.state().configuration().ifPresent(started.enrolled::complete);
    started.node.start();
    return started;
  }

  private static StateKeeper prepared(FileVault vault, Optional<FactoryCredential> given) {
    Optional<NodeState> kept = vault.read();
    Optional<FactoryCredentials> credentials = given.map(FactoryCredentials::of);
    if (kept.isEmpty() && credentials.isEmpty()) {
      throw new IllegalArgumentException(
          "--kpm-id: give it and --kpm, or --factory-file, as this gateway was never enrolled");
    }
    NodeState state = kept.orElseGet(() -> NodeState.factory(credentials.orElseThrow()));
    StateKeeper keeper = new StateKeeper(vault, state);
    credentials
        .filter(news -> !news.equals(state.factories()) || kept.isEmpty())
        .ifPresent(news -> keeper.update(now -> now.toBuilder().factory(news).build()));
    return keeper;
  }

  private NodeListener listener() {
    return new NodeListener() {
      @Override
      public void stepDone(StepReport report) {
        LOG.info("{}: done", report.step().id());
        keeper.state().configuration().ifPresent(enrolled::complete);
        if (report.step() == LifeStep.PROLONG) {
          onProlonged.forEach(told -> told.accept(keeper.state()));
        }
      }

      @Override
      public void registered(NodeState state) {
        onRegistered.forEach(told -> told.accept(state));
      }

      @Override
      public void failed(Trouble trouble) {
        LOG.warn("{}: {}", trouble.waitingFor(), trouble.reason());
      }
    };
  }

  /**
   * Waits until it knows who it is: at the first start until it is enrolled.
   *
   * @throws java.util.concurrent.CancellationException if it is closed before
   */
  ClientConfiguration awaitEnrolment() {
    return enrolled.join();
  }

  Node node() {
    return node;
  }

  NodeState state() {
    return keeper.state();
  }

  ScheduledThreadPoolExecutor executor() {
    return scheduler;
  }

  /**
   * Has somebody hear of each registration, the one that stands now included, and of its being
   * prolonged.
   */
  void follow(Consumer<NodeState> registered, Consumer<NodeState> prolonged) {
    onRegistered.add(registered);
    onProlonged.add(prolonged);
    var unused = node.registered().thenAcceptAsync(registered, scheduler);
  }

  @Override
  public void close() {
    enrolled.cancel(false);
    node.close();
    endpoints.close();
    scheduler.shutdownNow();
    lock.close();
  }
}
