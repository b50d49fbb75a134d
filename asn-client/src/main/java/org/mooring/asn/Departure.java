// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.enrolment.ClientRegistration;
import org.mooring.asn.enrolment.Deletion;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.KeyRegistration;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.registration.CseRegistration;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.TrustResourceNames;

/**
 * Takes a node's leave of a provider, from the top down: its {@code <remoteCSE>}, then what it has
 * at the MAF, then what it has at the MEF, each with the credential that is above what is deleted.
 *
 * <p>What is done is stored, so that a restart goes on from there. A function that does not answer,
 * or refuses, is passed over after some tries: what it holds expires by itself.
 */
final class Departure implements AutoCloseable {
  /** With the default back-off these take some minutes. */
  static final int TRIES = 8;

  private final Sessions sessions;
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Backoff backoff;
  private final ScheduledExecutorService scheduler;
  private final CseRegistration registration;
  private final CompletableFuture<Boolean> left = new CompletableFuture<>();

  private boolean complete = true;
  private boolean closed;

  /** Deletes things in a session. */
  private interface Errand {
    CompletionStage<Void> run(Sender sender);
  }

  /** What there is to take leave of, in this order. */
  private enum Post {
    REGISTRAR,
    MAF,
    MEF
  }

  /**
   * @param keeper the state at the provider that is left
   */
  Departure(
      SecureEndpointFactory endpoints,
      StateKeeper keeper,
      ServerClock clock,
      Backoff backoff,
      ScheduledExecutorService scheduler) {
    this.sessions = new Sessions(endpoints, keeper, scheduler);
    this.keeper = keeper;
    this.clock = clock;
    this.backoff = backoff;
    this.scheduler = scheduler;
    this.registration = new CseRegistration(keeper, clock);
  }

  /** Begins; completes with whether every function was told. */
  CompletionStage<Boolean> start() {
    scheduler.execute(() -> takeLeave(1));
    return left;
  }

  private void takeLeave(int attempt) {
    Optional<Post> post = next(keeper.state());
    if (post.isEmpty()) {
      left.complete(complete);
      return;
    }
    attempted(post.get(), attempt)
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure == null) {
                passed(post.get());
              } else {
                failed(post.get(), attempt);
              }
            },
            scheduler);
  }

  private void passed(Post post) {
    try {
      keeper.update(state -> without(state, post));
      takeLeave(1);
    } catch (RuntimeException e) {
      again(1);
    }
  }

  private void failed(Post post, int attempt) {
    if (attempt < TRIES) {
      again(attempt + 1);
    } else {
      complete = false;
      passed(post);
    }
  }

  private synchronized void again(int attempt) {
    if (!closed) {
      Duration wait = backoff.after(attempt, ThreadLocalRandom.current());
      var unused =
          scheduler.schedule(() -> takeLeave(attempt), wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private Optional<Post> next(NodeState state) {
    boolean isKnown = state.configuration().isPresent();
    boolean isRegistered =
        state.registration(Function.CSE).isPresent()
            || state.pendingRequest(CseRegistration.REQUEST).isPresent();
    if (isKnown && isRegistered && isAlive(state, state.associationRung())) {
      return Optional.of(Post.REGISTRAR);
    }
    if (isKnown && state.isOnPath(EnrolmentPath.MAF) && isAlive(state, Rung.MAF)) {
      return Optional.of(Post.MAF);
    }
    boolean isEnrolled = state.registration(Function.MEF).isPresent();
    return state.cameWith(Rung.BOOTSTRAP) && isEnrolled ? Optional.of(Post.MEF) : Optional.empty();
  }

  private boolean isAlive(NodeState state, Rung rung) {
    return state.key(rung).filter(key -> key.lease().isAliveAt(clock.now(state))).isPresent();
  }

  private static NodeState without(NodeState state, Post post) {
    NodeState.Builder rest = state.toBuilder();
    return switch (post) {
      case REGISTRAR ->
          rest.withoutRegistration(Function.CSE).answered(CseRegistration.REQUEST).build();
      case MAF ->
          rest.keys(held -> held.without(Rung.ASSOCIATION).without(Rung.MAF))
              .withoutRegistration(Function.MAF)
              .build();
      case MEF ->
          rest.keys(held -> held.without(Rung.ENROLMENT)).withoutRegistration(Function.MEF).build();
    };
  }

  private CompletionStage<Void> attempted(Post post, int attempt) {
    try {
      return switch (post) {
        case REGISTRAR -> atRegistrar(attempt);
        case MAF -> atMaf(attempt);
        case MEF -> atMef();
      };
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletionStage<Void> atRegistrar(int attempt) {
    NodeState state = keeper.state();
    return inSession(
        sessions.begun(
            sessions
                .toRegistrar(AssociationKeys.opening(state, state.associationRung()), attempt)
                .get()),
        registration::delete);
  }

  private CompletionStage<Void> atMaf(int attempt) {
    NodeState state = keeper.state();
    Fqdn maf = state.configuration().orElseThrow().maf();
    return inSession(
        sessions.toMaf(AssociationKeys.opening(state, Rung.MAF), attempt),
        sender ->
            instancesAreGone(sender, maf, state)
                .thenCompose(gone -> keyIsGone(sender, maf, state, Rung.ASSOCIATION))
                .thenCompose(gone -> clientIsGone(sender, maf, state, Function.MAF)));
  }

  private CompletionStage<Void> atMef() {
    NodeState state = keeper.state();
    Fqdn mef = state.bootstrap().mef();
    Rung opener = state.isCertificateUsable(clock.now(state)) ? Rung.CERTIFICATE : Rung.BOOTSTRAP;
    return inSession(
        sessions.toMef(opener, false),
        sender ->
            keyIsGone(sender, mef, state, Rung.ENROLMENT)
                .thenCompose(gone -> clientIsGone(sender, mef, state, Function.MEF)));
  }

  private static CompletionStage<Void> instancesAreGone(Sender sender, Fqdn maf, NodeState state) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (AppInstance instance : state.appInstances().all()) {
      Optional<KeyIdentifier> ka =
          instance.key().map(HeldKey::id).filter(id -> id.issuer().equals(maf));
      if (ka.isPresent()) {
        all =
            all.thenCompose(
                gone -> Deletion.of(sender, TrustResourceNames.below(maf, ka.get().relative())));
      }
    }
    return all;
  }

  private static CompletionStage<Void> keyIsGone(
      Sender sender, Fqdn issuer, NodeState state, Rung rung) {
    return state
        .key(rung)
        .map(HeldKey::id)
        .filter(id -> id.issuer().equals(issuer) && id.relativeKeyId().isPresent())
        .map(id -> KeyRegistration.delete(sender, issuer, id))
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  private static CompletionStage<Void> clientIsGone(
      Sender sender, Fqdn function, NodeState state, Function registered) {
    return state
        .registration(registered)
        .map(Registration::resourceId)
        .map(id -> ClientRegistration.delete(sender, function, id))
        .orElseGet(() -> CompletableFuture.completedStage(null));
  }

  private static CompletionStage<Void> inSession(Exchange exchange, Errand errand) {
    return exchange
        .connect()
        .thenCompose(session -> errand.run(exchange))
        .whenComplete((done, failure) -> exchange.close());
  }

  /** Breaks off; the next start goes on. */
  @Override
  public synchronized void close() {
    closed = true;
    sessions.close();
  }
}
