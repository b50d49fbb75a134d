// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.ProviderVault;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Trouble;
import org.mooring.asn.vault.VaultException;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * A node's M2M service subscriptions: the one that it lives under, and for the time of a change of
 * provider the one that it moves to, then the one that it leaves.
 *
 * <p>What the node has at its present provider stays in use until it is registered at the next one.
 * Then it changes over in one step, takes its leave of the former provider ({@link Departure}) and
 * destroys what it had there. A restart at any point goes on.
 */
public final class ServiceSubscriptions implements Sender, AutoCloseable {
  /** How often another process's order to move is looked for: one question to the file system. */
  private static final Duration LOOK_OUT = Duration.ofSeconds(2);

  private final SecureEndpointFactory endpoints;
  private final ProviderVault vault;
  private final InstantSource clock;
  private final Backoff backoff;
  private final ScheduledExecutorService scheduler;
  private final SubscriptionListener listener;
  private final CommandSettings commands;
  private final Duration lookOutEvery;

  private StateKeeper keeper;
  private Node present;
  private @Nullable Move move;
  private @Nullable Departure departure;
  private @Nullable ScheduledFuture<?> lookOut;
  private @Nullable String toldTrouble;
  private boolean started;
  private boolean closed;
  private volatile RequestHandler served = Walk.NOTHING_SERVED;

  /** What became of a request to enrol. */
  public enum Outcome {
    /** The node enrols there, or does so already. */
    ENROLS,
    /** It has no credential that this MEF could know. */
    NO_CREDENTIAL,
    /** It is on its way to, or from, another provider. */
    ENGAGED
  }

  /** A node that is on its way to registration with another provider. */
  private record Move(StateKeeper keeper, Node node, Fqdn mef, ArrivalListener told) {}

  /**
   * @param endpoints opens DTLS sessions
   * @param vault holds the states at all providers
   * @param keeper the state at the present one
   * @param scheduler shared by any number of nodes; never shut down here
   * @param commands what the node can do for its MEF
   */
  public ServiceSubscriptions(
      SecureEndpointFactory endpoints,
      ProviderVault vault,
      StateKeeper keeper,
      InstantSource clock,
      Backoff backoff,
      ScheduledExecutorService scheduler,
      SubscriptionListener listener,
      CommandSettings commands) {
    this(endpoints, vault, keeper, clock, backoff, scheduler, listener, commands, LOOK_OUT);
  }

  /**
   * @param lookOutEvery how often the vault is looked into
   */
  ServiceSubscriptions(
      SecureEndpointFactory endpoints,
      ProviderVault vault,
      StateKeeper keeper,
      InstantSource clock,
      Backoff backoff,
      ScheduledExecutorService scheduler,
      SubscriptionListener listener,
      CommandSettings commands,
      Duration lookOutEvery) {
    this.endpoints = endpoints;
    this.vault = vault;
    this.keeper = keeper;
    this.clock = clock;
    this.backoff = backoff;
    this.scheduler = scheduler;
    this.listener = listener;
    this.commands = commands;
    this.lookOutEvery = lookOutEvery;
    this.present = node(keeper, listener);
  }

  private Node node(StateKeeper held, NodeListener told) {
    Node made = new Node(endpoints, held, clock, backoff, scheduler, told, commands);
    made.serve(inbound -> served.handle(inbound));
    return made;
  }

  /** See {@link Node#serve}, for whichever provider the node is with. */
  public void serve(RequestHandler handler) {
    served = handler;
  }

  /** Goes on from what the vault holds. */
  public void start() {
    start(true);
  }

  /** The same, but a node that was never enrolled waits until {@link #enrolAt} is asked for. */
  public void startOnDemand() {
    start(false);
  }

  private synchronized void start(boolean atOnce) {
    if (atOnce || keeper.state().configuration().isPresent()) {
      startPresent();
    }
    lookOut =
        scheduler.scheduleWithFixedDelay(
            this::lookIntoVault, 0, lookOutEvery.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void startPresent() {
    started = true;
    present.start();
  }

  /** Holds the state at the present provider; another one after each change. */
  public synchronized StateKeeper keeper() {
    return keeper;
  }

  /** Completes when the node is registered with the provider that it started with. */
  public synchronized CompletionStage<NodeState> registered() {
    return present.registered();
  }

  /** What passed the sockets of the sessions with the present registrar. */
  public TrafficMeter.Reading associationTraffic() {
    return presentNode().associationTraffic();
  }

  /** The applications of the node at its present provider; after a change of provider ask again. */
  public NodeApplications applications() {
    return presentNode().applications();
  }

  /** Sends a request to the present registrar, see {@link Node#send}. */
  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return presentNode().send(request);
  }

  private synchronized Node presentNode() {
    return present;
  }

  /**
   * Subscribes to a provider with the factory credentials that its MEF can know, as an AE or the
   * infrastructure may ask (TS-0001, trigger purpose enrolmentRequest). At the MEF that the node is
   * with already it enrols anew. It waits for the vault's disk.
   *
   * @param mef the MEF of the provider
   * @param where its point of access
   */
  public synchronized Outcome enrolAt(Fqdn mef, PointOfAccess where) {
    if (move != null && move.mef().equals(mef)) {
      return Outcome.ENROLS;
    }
    @Nullable FactoryCredentials credentials =
        keeper.state().factories().at(mef, where.host(), where.port()).orElse(null);
    if (credentials == null) {
      return Outcome.NO_CREDENTIAL;
    }
    if (!started) {
      keeper.update(state -> state.toBuilder().factory(credentials).build());
      startPresent();
    } else if (isPresent(mef)) {
      present.enrolAnew();
    } else if (move != null || departure != null) {
      return Outcome.ENGAGED;
    } else {
      vault.successor().fill(NodeState.factory(credentials));
      lookIntoVault();
    }
    return Outcome.ENROLS;
  }

  /**
   * Another process may have orders about applications, or have ordered a move; a move or a
   * departure may have been cut off.
   */
  private synchronized void lookIntoVault() {
    try {
      if (closed) {
        return;
      }
      boolean isWell = carryOutOrders();
      if (move != null) {
        return;
      }
      if (vault.successor().isFilled()) {
        if (departure == null) {
          vault.successor().read().ifPresent(this::moveTo);
        }
      } else if (departure == null && vault.former().isFilled()) {
        vault.former().read().ifPresent(this::takeLeave);
      }
      if (isWell) {
        toldTrouble = null;
      }
    } catch (VaultException e) {
      tell(e);
    }
  }

  /** Whatever is wrong with one of them holds nothing else up. */
  private boolean carryOutOrders() {
    try {
      vault
          .applicationOrders()
          .carryOut(keeper)
          .ifPresent(
              unreadable -> {
                unreadable.forEach(reason -> tell(new VaultException(reason)));
                present.goOn();
              });
      return true;
    } catch (VaultException e) {
      tell(e);
      return false;
    }
  }

  private void moveTo(NodeState state) {
    Fqdn mef = state.bootstrap().mef();
    if (isPresent(mef)) {
      vault.successor().erase();
      return;
    }
    StateKeeper arriving = new StateKeeper(vault.successor(), state);
    ArrivalListener told = new ArrivalListener(listener);
    Move begun = new Move(arriving, node(arriving, told), mef, told);
    move = begun;
    listener.moving(mef);
    begun.node().start();
    var unused = begun.node().registered().thenRun(() -> standDownFor(begun));
  }

  private boolean isPresent(Fqdn mef) {
    return keeper.state().factory() instanceof MefCredential factory && factory.mef().equals(mef);
  }

  /** What a step under way does at the present provider is to be known when it is left. */
  private void standDownFor(Move arrived) {
    presentNode().standDown(() -> changeOver(arrived));
  }

  /** From here on the node is with its new provider. */
  private void changeOver(Move arrived) {
    Node former;
    synchronized (this) {
      if (closed) {
        return;
      }
      try {
        keeper.handOver(last -> inherit(arrived, last));
      } catch (VaultException e) {
        tell(e);
        present.start();
        var unused =
            scheduler.schedule(
                () -> standDownFor(arrived), lookOutEvery.toMillis(), TimeUnit.MILLISECONDS);
        return;
      }
      former = present;
      present = arrived.node();
      keeper = arrived.keeper();
      started = true;
      move = null;
    }
    former.close();
    listener.moved(arrived.keeper().state());
    arrived.told().arrived(arrived.keeper().state());
    lookIntoVault();
  }

  private void inherit(Move arrived, NodeState last) {
    arrived.keeper().update(state -> state.toBuilder().inherit(last).build());
    arrived.keeper().relocate(vault::promote, vault);
  }

  private void takeLeave(NodeState former) {
    StateKeeper leaving = new StateKeeper(vault.former(), former);
    Departure begun =
        new Departure(
            endpoints,
            leaving,
            new ServerClock(clock, ThreadLocalRandom.current()),
            backoff,
            scheduler);
    departure = begun;
    String provider =
        former.configuration().map(known -> known.registrar().value()).orElse("an unknown one");
    var unused = begun.start().thenAcceptAsync(complete -> destroy(provider, complete), scheduler);
  }

  private void destroy(String provider, boolean complete) {
    synchronized (this) {
      if (closed) {
        return;
      }
      departure = null;
      try {
        vault.former().erase();
      } catch (VaultException e) {
        // The look-out finds it again.
        tell(e);
        return;
      }
    }
    listener.left(provider, complete);
  }

  private void tell(VaultException trouble) {
    String reason = String.valueOf(trouble.getMessage());
    if (!reason.equals(toldTrouble)) {
      toldTrouble = reason;
      Instant next = clock.instant().plus(lookOutEvery);
      listener.failed(new Trouble("the vault", reason, 1, next));
    }
  }

  /** Closes the sessions; the states stay for the next start. */
  @Override
  public synchronized void close() {
    closed = true;
    if (lookOut != null) {
      lookOut.cancel(false);
    }
    if (departure != null) {
      departure.close();
    }
    if (move != null) {
      move.node().close();
    }
    present.close();
  }
}
