// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.Backoff;
import org.mooring.asn.PointOfAccess;
import org.mooring.asn.ServiceSubscriptions;
import org.mooring.asn.SubscriptionListener;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.mca.EnrolmentRequest;
import org.mooring.asn.mca.McaService;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.PlainServer;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.thread.DaemonThreads;

/** A node with its vault locked, its threads and its sockets. */
final class RunningNode implements AutoCloseable {
  private static final String COAP = "coap";
  private static final int THREADS = 2;
  private static final int MAX_MCA_BODY_OCTETS = 64 * 1024;

  private final FileVault vault;
  private final FileVault.Lock lock;
  private final ScheduledThreadPoolExecutor scheduler;
  private final DtlsEndpointFactory endpoints;
  private final ServiceSubscriptions node;
  private @Nullable PlainServer mca;
  private volatile @Nullable McaService service;

  private RunningNode(
      FileVault vault,
      FileVault.Lock lock,
      StateKeeper keeper,
      EndpointTimers timers,
      Backoff backoff,
      CommandSettings commands,
      SubscriptionListener listener) {
    this.vault = vault;
    this.lock = lock;
    this.scheduler = DaemonThreads.scheduler("node", THREADS);
    this.endpoints = DtlsEndpointFactory.create(timers);
    this.node =
        new ServiceSubscriptions(
            endpoints,
            vault,
            keeper,
            InstantSource.system(),
            backoff,
            scheduler,
            listener,
            commands);
  }

  /**
   * Locks the vault, stores the factory credential and starts the node.
   *
   * @param onDemand whether a node that was never enrolled waits to be asked on Mca
   * @throws org.mooring.asn.vault.VaultException if the vault is in use or can not be read
   */
  static RunningNode start(
      FileVault vault,
      FactoryOptions factory,
      EndpointTimers timers,
      Backoff backoff,
      CommandSettings commands,
      SubscriptionListener listener,
      boolean onDemand) {
    FileVault.Lock lock = vault.lock();
    try {
      StateKeeper keeper = prepared(vault, factory);
      RunningNode running =
          new RunningNode(vault, lock, keeper, timers, backoff, commands, listener);
      if (onDemand) {
        running.node.startOnDemand();
      } else {
        running.node.start();
      }
      return running;
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** A service manager gives the options of a provider that was left long after. */
  private static StateKeeper prepared(FileVault vault, FactoryOptions options) {
    Optional<NodeState> kept = vault.read();
    FactoryCredentials given = options.over(kept.map(NodeState::factories));
    StateKeeper keeper = new StateKeeper(vault, kept.orElseGet(() -> NodeState.factory(given)));
    boolean wasLeft = keeper.state().leftBehind().containsAll(given.ids());
    boolean isNews = kept.map(NodeState::factories).filter(given::equals).isEmpty();
    if (isNews && !wasLeft) {
      keeper.update(state -> state.toBuilder().factory(given).build());
    }
    return keeper;
  }

  /**
   * Opens Mca on the loopback and writes its port to the vault's {@code ports.json}.
   *
   * @param triggers whether it takes requests to enrol
   */
  int openMca(int port, boolean triggers, Reporter reporter) {
    ScheduledExecutorService executor = scheduler;
    McaService answering =
        new McaService(
            node::keeper,
            new ServerClock(InstantSource.system(), ThreadLocalRandom.current()),
            node,
            node::associationTraffic,
            executor,
            reporter,
            triggers ? this::enrol : RunningNode::refuse);
    node.serve(answering.ofRegistrar());
    PlainServer server =
        PlainServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            MAX_MCA_BODY_OCTETS,
            answering);
    mca = server;
    service = answering;
    vault.publishPort(COAP, server.port());
    return server.port();
  }

  private void enrol(EnrolmentRequest request) {
    switch (node.enrolAt(request.mef(), PointOfAccess.parse(request.pointOfAccess()))) {
      case ENROLS -> {}
      case NO_CREDENTIAL -> throw Refusal.NO_CREDENTIAL_FOR_MEF.of("tia (triggerInfoAddress)");
      case ENGAGED -> throw Refusal.MOVE_UNDER_WAY.of("CSEBase");
    }
  }

  private static void refuse(EnrolmentRequest request) {
    throw Refusal.TRIGGERS_ARE_OFF.of("CSEBase");
  }

  /** The registration with the registrar was made or prolonged. */
  void refreshed() {
    McaService answering = service;
    if (answering != null) {
      answering.refreshed();
    }
  }

  /** Completes when the node is registered for the first time. */
  CompletionStage<NodeState> registered() {
    return node.registered();
  }

  NodeState state() {
    return node.keeper().state();
  }

  /** Says goodbye to the servers and gives the vault back. */
  @Override
  public void close() {
    if (mca != null) {
      mca.close();
      vault.withdrawPorts();
    }
    node.close();
    endpoints.close();
    scheduler.shutdownNow();
    lock.close();
  }
}
