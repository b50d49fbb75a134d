// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.mooring.asn.association.AssociationLink;
import org.mooring.asn.association.RetrievedKey;
import org.mooring.asn.command.CommandSettings;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.LocalCse;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
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
  private final NodeListener listener;
  private final Walk walk;
  private final LifeCourse life;
  private final NodeApplications applications;
  private final KeysForUs keysForUs;
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
    ServerClock serverClock = new ServerClock(clock, ThreadLocalRandom.current());
    this.keeper = keeper;
    this.listener = listener;
    this.walk =
        new Walk(
            endpoints,
            keeper,
            serverClock,
            scheduler,
            own,
            commands,
            listener::commandReported,
            this::applicationAnswered,
            this::linkLost,
            inbound -> served.handle(inbound));
    this.life = new LifeCourse(walk, keeper, serverClock, backoff, scheduler, listener);
    this.applications = new NodeApplications(endpoints, keeper, serverClock, scheduler, life::goOn);
    this.keysForUs = new KeysForUs(endpoints, keeper, serverClock, scheduler);
  }

  /** Goes on from the state that the keeper holds. */
  public void start() {
    life.start();
  }

  /** Looks whether there is more to do, if it was started. */
  void goOn() {
    life.goOn();
  }

  /**
   * Has requests answered that come from the registrar over the association; NOT_REACHABLE without.
   */
  public void serve(RequestHandler handler) {
    served = handler;
  }

  /**
   * Takes no further step until it is started again. The association stands meanwhile.
   *
   * @param then run on the scheduler once the step under way has ended
   */
  public void standDown(Runnable then) {
    life.standDown(then);
  }

  /** Bootstraps again though the enrolment lives; what the node has stays in use meanwhile. */
  public void enrolAnew() {
    life.enrolAnew();
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
    return life.registered();
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
    Optional<AssociationLink> link = life.link();
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

  private void applicationAnswered(AppInstance instance) {
    applications.answered(instance);
    listener.applicationAnswered(instance);
  }

  private void linkLost(Throwable cause) {
    life.linkLost(cause);
  }

  /** Closes its sessions; the state stays for the next start. */
  @Override
  public void close() {
    life.close();
    keysForUs.close();
    applications.close();
  }
}
