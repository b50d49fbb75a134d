// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.association.RetrievedKey;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.LocalCse;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Trouble;
import org.mooring.asn.vault.VaultException;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * A node from its factory key to trusted, registered traffic, and on through renewals, lost
 * sessions and restarts.
 *
 * <p>It works on the scheduler it is given, one step at a time, and holds no thread while it waits.
 */
public final class Node implements Sender, AutoCloseable {
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Backoff backoff;
  private final ScheduledExecutorService scheduler;
  private final NodeListener listener;
  private final Walk walk;
  private final NodeApplications applications;
  private final Alarm alarm;
  private final KeysForUs keysForUs;
  private final CompletableFuture<NodeState> registered = new CompletableFuture<>();
  private final LastFailure lastFailure = new LastFailure();
  private boolean working;
  private boolean linkIsDown;
  private @Nullable Runnable standDown;
  private boolean begun;
  private boolean closed;
  private volatile RequestHandler served = Walk.NOTHING_SERVED;

  /** A node that does for its MEF what needs nothing besides the node. */
  public Node(
      SecureEndpointFactory endpoints,
      StateKeeper keeper,
      InstantSource clock,
      Backoff backoff,
      ScheduledExecutorService scheduler,
      NodeListener listener) {
    this(endpoints, keeper, clock, backoff, scheduler, listener, CommandSettings.DEFAULT);
  }

  /** A node whose CSE is the one that this client is. */
  public Node(
      SecureEndpointFactory endpoints,
      StateKeeper keeper,
      InstantSource clock,
      Backoff backoff,
      ScheduledExecutorService scheduler,
      NodeListener listener,
      CommandSettings commands) {
    this(endpoints, keeper, clock, backoff, scheduler, listener, commands, LocalCse.ASN);
  }

  /**
   * @param endpoints opens DTLS sessions
   * @param keeper the node's state
   * @param clock the local clock
   * @param scheduler shared by any number of nodes; the node never shuts it down
   * @param commands what the node can do for its MEF
   * @param own the CSE that it registers, which may be hosted by whoever runs the node
   */
  public Node(
      SecureEndpointFactory endpoints,
      StateKeeper keeper,
      InstantSource clock,
      Backoff backoff,
      ScheduledExecutorService scheduler,
      NodeListener listener,
      CommandSettings commands,
      LocalCse own) {
    this.keeper = keeper;
    this.clock = new ServerClock(clock, ThreadLocalRandom.current());
    this.backoff = backoff;
    this.scheduler = scheduler;
    this.listener = listener;
    this.walk =
        new Walk(
            endpoints,
            keeper,
            this.clock,
            scheduler,
            own,
            commands,
            listener::commandReported,
            this::applicationAnswered,
            this::linkLost,
            inbound -> served.handle(inbound));
    this.applications = new NodeApplications(endpoints, keeper, this.clock, scheduler, this::goOn);
    this.alarm = new Alarm(scheduler, this::advance);
    this.keysForUs = new KeysForUs(endpoints, keeper, this.clock, scheduler);
  }

  /** Goes on from the state that the keeper holds. */
  public void start() {
    synchronized (this) {
      standDown = null;
      begun = true;
    }
    scheduler.execute(this::advance);
  }

  /**
   * Has requests answered that come from the registrar over the association; NOT_REACHABLE without.
   */
  public void serve(RequestHandler handler) {
    served = handler;
  }

  /** Looks whether there is more to do, if it was started. */
  synchronized void goOn() {
    if (begun && !closed) {
      scheduler.execute(this::advance);
    }
  }

  /**
   * Takes no further step until it is started again. The association stands meanwhile.
   *
   * @param then run on the scheduler once the step under way has ended
   */
  public synchronized void standDown(Runnable then) {
    standDown = then;
    if (!working) {
      scheduler.execute(then);
    }
  }

  /** Bootstraps again though the enrolment lives; what the node has stays in use meanwhile. */
  public void enrolAnew() {
    scheduler.execute(
        () -> {
          update(
              state ->
                  state
                      .key(Rung.ENROLMENT)
                      .filter(key -> state.hopefulKey(Rung.ENROLMENT).isEmpty())
                      .map(key -> key.dueAt(clock.now(state)))
                      .map(due -> state.toBuilder().key(Rung.ENROLMENT, due).build())
                      .orElse(state),
              clock.localNow());
          advance();
        });
  }

  public NodeState state() {
    return keeper.state();
  }

  /** The applications that run on this node. */
  public NodeApplications applications() {
    return applications;
  }

  /** Completes when the node is registered for the first time since it was started. */
  public CompletionStage<NodeState> registered() {
    return registered.minimalCompletionStage();
  }

  /** What passed the sockets of the sessions with the registrar since the node was started. */
  public TrafficMeter.Reading associationTraffic() {
    return walk.registration().traffic();
  }

  /**
   * Sends a request over the association.
   *
   * <p>Fails with NOT_REACHABLE while there is none, or when it broke and the request may not be
   * repeated; with another refusal where the request or its answer is none that can be carried.
   */
  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    Optional<AssociationLink> link = usableLink();
    if (link.isEmpty()) {
      return CompletableFuture.failedFuture(Refusal.NOT_REACHABLE.of("security association"));
    }
    return link.get()
        .send(request)
        .exceptionally(
            failure -> {
              throw Failures.causeOf(failure) instanceof RefusedException refused
                  ? refused
                  : Refusal.NOT_REACHABLE.of("security association");
            });
  }

  /**
   * Tells the registrar which CSEs are below the node's own, so that it takes their requests over
   * this association. To be told again whenever the node has registered.
   *
   * <p>Fails as {@link #send} does, or with {@link RefusedAnswerException}.
   *
   * @param descendants all of them, SP-relative
   */
  public CompletionStage<Void> announce(Collection<CseId> descendants) {
    return walk.registration().announce(this, descendants);
  }

  /**
   * Asks the MEF or the MAF for a key that another client registered there with this node's CSE as
   * its target.
   *
   * <p>Fails with {@link RefusedAnswerException} where the function keeps it back, with
   * NOT_REACHABLE where it is none of the two that the node is a client of by now, or with {@code
   * NoAnswerException} or {@code HandshakeFailedException}.
   *
   * @param id its issuer is the function
   */
  public CompletionStage<RetrievedKey> retrieveKey(KeyIdentifier id) {
    return keysForUs.retrieve(id);
  }

  private synchronized Optional<AssociationLink> usableLink() {
    return linkIsDown ? Optional.empty() : walk.registration().link();
  }

  /** Takes the next step; whatever goes wrong in choosing it, the node tries again. */
  private void advance() {
    try {
      takeNextStep();
    } catch (RuntimeException e) {
      Trouble trouble;
      synchronized (this) {
        working = false;
        Duration wait = backoff.after(1, ThreadLocalRandom.current());
        trouble =
            new Trouble("the next step", Failures.reasonOf(e), 1, clock.localNow().plus(wait));
        if (!closed) {
          alarm.setIn(wait);
        }
      }
      listener.failed(trouble);
    }
  }

  private void takeNextStep() {
    LifePlan.Move move;
    int attempt;
    synchronized (this) {
      if (closed || working || standDown != null) {
        return;
      }
      alarm.stop();
      walk.heedPoll();
      NodeState state = keeper.state();
      Instant now = clock.now(state);
      Optional<LifePlan.Move> next =
          LifePlan.next(state, now, usableLink().map(AssociationLink::credential));
      if (next.isEmpty()) {
        walk.dropMafSession();
        alarm.setAfterRest(Duration.between(now, LifePlan.restUntil(state)));
        return;
      }
      move = next.get();
      if (move.step() == LifeStep.ENROL) {
        walk.beginEnrolment();
      }
      attempt = lastFailure.count();
      working = true;
    }
    perform(move, attempt)
        .whenCompleteAsync(
            (report, failure) -> {
              if (failure == null) {
                succeeded(move, report);
              } else {
                failed(move, Failures.causeOf(failure));
              }
            },
            scheduler);
  }

  private CompletionStage<StepReport> perform(LifePlan.Move move, int attempt) {
    try {
      return walk.perform(move, attempt);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void succeeded(LifePlan.Move move, StepReport report) {
    synchronized (this) {
      stepEnded();
      if (closed) {
        return;
      }
      if (lastFailure.isOverBy(move)) {
        forgetTrouble();
      }
      if (move.step() == LifeStep.REGISTER) {
        linkIsDown = false;
      }
    }
    listener.stepDone(report);
    if (move.step() == LifeStep.REGISTER) {
      listener.registered(keeper.state());
      registered.complete(keeper.state());
    }
    advance();
  }

  private void failed(LifePlan.Move move, Throwable cause) {
    Trouble trouble;
    synchronized (this) {
      stepEnded();
      if (closed) {
        return;
      }
      walk.dropMafSession();
      NodeState before = keeper.state();
      boolean again = lastFailure.isRepeatedBy(move, cause);
      Setbacks.Judgement judged = Setbacks.judge(before, move, cause, again);
      int count = lastFailure.add(move, cause, judged.goesOn());
      Duration wait =
          judged.leavesAnotherMove()
              ? Duration.ZERO
              : backoff.after(count, ThreadLocalRandom.current());
      Instant nextTry = clock.localNow().plus(wait);
      trouble = new Trouble(move.goal(keeper.state()), judged.reason(), count, nextTry);
      update(
          state -> {
            NodeState after = Setbacks.after(state, move, cause, again);
            NodeState kept =
                Setbacks.postpones(move, cause, count)
                    ? walk.postponed(move, after, judged.reason())
                    : after;
            return kept.toBuilder().trouble(trouble).build();
          },
          nextTry);
      alarm.setIn(wait);
    }
    listener.failed(trouble);
  }

  private void stepEnded() {
    working = false;
    if (standDown != null) {
      scheduler.execute(standDown);
    }
  }

  private void update(UnaryOperator<NodeState> change, Instant nextTry) {
    try {
      keeper.update(change);
    } catch (VaultException e) {
      // The disk is in trouble too: the node tries on with what it holds in memory.
      listener.failed(new Trouble("the vault", Failures.reasonOf(e), 1, nextTry));
    }
  }

  /** What is wrong stays told until that very step goes well or the node is registered. */
  private void forgetTrouble() {
    if (keeper.state().trouble().isPresent()) {
      update(state -> state.toBuilder().withoutTrouble().build(), clock.localNow());
    }
  }

  private void applicationAnswered(AppInstance instance) {
    applications.answered(instance);
    listener.applicationAnswered(instance);
  }

  private void linkLost(Throwable cause) {
    synchronized (this) {
      linkIsDown = true;
    }
    scheduler.execute(
        () -> {
          walk.registration().dropLink();
          Trouble trouble =
              new Trouble("the association", Failures.reasonOf(cause), 1, clock.localNow());
          synchronized (this) {
            if (closed) {
              return;
            }
            update(state -> state.toBuilder().trouble(trouble).build(), trouble.nextTry());
          }
          listener.failed(trouble);
          advance();
        });
  }

  /** Closes its sessions; the state stays for the next start. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      alarm.stop();
    }
    walk.close();
    keysForUs.close();
    applications.close();
    registered.cancel(false);
  }
}
