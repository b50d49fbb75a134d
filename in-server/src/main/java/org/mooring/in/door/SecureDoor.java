// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.SessionObserver;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.audit.RecordedRefusalException;
import org.mooring.in.authz.OriginatorCheck;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.LiveSession;
import org.mooring.in.credential.LiveSessions;
import org.mooring.in.cse.RegistrarAskedException;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;
import org.mooring.in.group.ClaimObstacle;
import org.mooring.in.group.Claims;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.RequestKey;
import org.mooring.in.transaction.Transactions;

/**
 * Serves the coaps port: finds the principal of the session, holds the request against its role and
 * its ids, and runs it in one transaction with what its acceptance changes.
 */
public final class SecureDoor implements RequestHandler, SessionObserver {
  private final Transactions<Repositories> store;
  private final LiveSessions sessions;
  private final Generations generations;
  private final OriginatorCheck originators;
  private final FunctionPaths paths;
  private final Functions functions;
  private final Optional<Claims> claims;
  private final HandshakeRecord record;
  private final MethodGate methods;
  private final InstantSource clock;
  private final RepeatGuard repeats = new RepeatGuard();

  /**
   * @param claims for devices of groups that come for the first time; none where there is no MEF
   */
  public SecureDoor(
      Transactions<Repositories> store,
      LiveSessions sessions,
      Generations generations,
      OriginatorCheck originators,
      FunctionPaths paths,
      Functions functions,
      Optional<Claims> claims,
      HandshakeRecord record,
      MethodGate methods,
      InstantSource clock) {
    this.store = store;
    this.sessions = sessions;
    this.generations = generations;
    this.originators = originators;
    this.paths = paths;
    this.functions = functions;
    this.claims = claims;
    this.record = record;
    this.methods = methods;
    this.clock = clock;
  }

  @Override
  public void established(SecureSession session) {
    sessions.enter(session);
  }

  @Override
  public void closed(SecureSession session) {
    sessions.leave(session);
  }

  @Override
  public void handshakeFailed(InetSocketAddress peer, Optional<String> pskIdentity, String reason) {
    record.failed(peer, pskIdentity, reason);
  }

  @Override
  public CompletionStage<ResponsePrimitive> handle(Inbound inbound) {
    Optional<LiveSession> live = inbound.session().flatMap(sessions::ofRequest);
    if (live.isEmpty()) {
      return CompletableFuture.failedStage(Refusal.CREDENTIAL_ENDED.of("session"));
    }
    return live.get()
        .principal()
        .thenCompose(
            principal ->
                serve(
                    principal.orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session")),
                    live.get(),
                    inbound.request()));
  }

  private CompletionStage<ResponsePrimitive> serve(
      SecurityPrincipal principal, LiveSession live, RequestPrimitive request) {
    if (!clock.instant().isBefore(principal.expiresAt())) {
      live.session().close();
      throw Refusal.CREDENTIAL_ENDED.of("session");
    }
    if (request.to().equals(FunctionPaths.DISCOVERY)) {
      return CompletableFuture.completedStage(functions.discover(request));
    }
    FunctionRole role = paths.ofAddress(request.to());
    if (role != principal.role()) {
      throw Refusal.PATH_OF_ANOTHER_ROLE.of("To");
    }
    String originator =
        functions.isOfTrust(role, request.to())
            ? originators.ofClient(principal, request)
            : originators.inAssociation(principal, request);
    OriginatedRequest asked = new OriginatedRequest(principal, originator, request);
    Accepted work = new Accepted(asked, live, Optional.empty());
    if (role == FunctionRole.CSE && functions.goesOn(request)) {
      return goneOn(work, live);
    }
    if (onlyReads(asked) && !live.awaitsFirstAcceptance()) {
      return store
          .read(work::run)
          .exceptionally(
              failure -> {
                throw methods.told(live, failure, RecordedRefusalException::answer);
              });
    }
    return store
        .write(work::runAndAccept)
        .exceptionallyCompose(failure -> onceAsked(work, failure))
        .exceptionally(
            failure -> {
              throw methods.told(live, failure, RecordedRefusalException::answer);
            })
        .thenApply(
            outcome -> {
              ResponsePrimitive response = answered(outcome, principal, live);
              live.noteAccepted();
              return response;
            });
  }

  /** A registration that waits for the registrar's word is run again once that is there. */
  private CompletionStage<Outcome> onceAsked(Accepted work, Throwable failure) {
    if (!(Failures.causeOf(failure) instanceof RegistrarAskedException asked)) {
      return CompletableFuture.failedStage(failure);
    }
    return functions
        .ask(asked.question())
        .thenCompose(
            word ->
                store
                    .write(work.knowing(word)::runAndAccept)
                    .whenComplete((done, refused) -> abandonIf(refused != null, word)));
  }

  private void abandonIf(boolean isRefused, RegistrarsWord word) {
    if (isRefused) {
      var unused =
          store.write(
              tx -> {
                functions.abandon(tx, word);
                return true;
              });
    }
  }

  /**
   * What is for another CSE; the first such request of a session confirms its key as well. Who asks
   * is checked before it waits its turn.
   */
  private CompletionStage<ResponsePrimitive> goneOn(Accepted work, LiveSession live) {
    CompletionStage<Functions.Outgoing> onward =
        live.awaitsFirstAcceptance()
            ? store
                .write(work::onwardAndAccept)
                .thenApply(
                    ready -> {
                      live.noteAccepted();
                      return ready;
                    })
            : store.read(work::onward);
    return onward.thenCompose(
        ready -> functions.inTurn(ready, work.asked, () -> sent(work, ready)));
  }

  private CompletionStage<ResponsePrimitive> sent(Accepted work, Functions.Outgoing ready) {
    work.requireStanding();
    CompletionStage<ResponsePrimitive> answered =
        functions
            .send(ready, work.asked.request())
            .thenCompose(answer -> lookedInto(work, ready, answer));
    return functions.settles(work.asked.request())
        ? answered.thenCompose(answer -> store.write(tx -> work.settled(tx, answer)))
        : answered;
  }

  /**
   * Why the registrar refused an AE: it may have forgotten it; then it is told, and the request
   * sent again. Or the AE has taken its stem along; whether it has, the registrar is asked.
   */
  private CompletionStage<ResponsePrimitive> lookedInto(
      Accepted work, Functions.Outgoing onward, ResponsePrimitive answer) {
    boolean isRegistrars = onward.below().isEmpty();
    if (!isRegistrars || answer.status() != ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED) {
      return CompletableFuture.completedStage(answer);
    }
    return store
        .read(tx -> work.askedOnRefusal(tx, onward.request()))
        .thenCompose(
            question ->
                question.isPresent()
                    ? functions.knowsAgain(question.get())
                    : CompletableFuture.completedStage(false))
        .thenCompose(
            again ->
                again
                    ? functions.send(onward, work.asked.request())
                    : CompletableFuture.completedStage(answer));
  }

  /** What a request came to, once that is on disk. */
  private sealed interface Outcome {
    record Done(ResponsePrimitive response) implements Outcome {}

    /** Nothing was run, but that the device waits may have been written down. */
    record NotEnrolled(ClaimObstacle obstacle) implements Outcome {}
  }

  private ResponsePrimitive answered(
      Outcome outcome, SecurityPrincipal principal, LiveSession live) {
    if (outcome instanceof Outcome.Done done) {
      return done.response();
    }
    ClaimObstacle obstacle = ((Outcome.NotEnrolled) outcome).obstacle();
    if (obstacle == ClaimObstacle.WAITS) {
      throw Refusal.CLAIM_WAITS.of("session");
    }
    record.failed(
        live.session().peer(),
        Optional.of(principal.credential().toString()),
        claims.orElseThrow().reason(principal, obstacle));
    throw Refusal.CLAIM_REFUSED.of("session");
  }

  /** A key that a MEF or MAF hands out is recorded; the CSE's retrievals leave no trace. */
  private static boolean onlyReads(OriginatedRequest asked) {
    return asked.role() == FunctionRole.CSE && asked.request().operation() == Operation.RETRIEVE;
  }

  /**
   * A request that passed the door, to be run in a transaction. Where the session ended while it
   * waited, it is not run: a client that gave up does the same again in its next session, and an
   * overloaded server has better to do.
   */
  private final class Accepted {
    private final OriginatedRequest asked;
    private final LiveSession live;
    private final Optional<RegistrarsWord> word;

    Accepted(OriginatedRequest asked, LiveSession live, Optional<RegistrarsWord> word) {
      this.asked = asked;
      this.live = live;
      this.word = word;
    }

    Accepted knowing(RegistrarsWord told) {
      return new Accepted(asked, live, Optional.of(told));
    }

    ResponsePrimitive run(Repositories tx) {
      return functions.call(tx, asked, live.session(), word);
    }

    Outcome runAndAccept(Repositories tx) {
      requireStanding();
      if (asked.principal() instanceof SecurityPrincipal.Enrolee node) {
        Optional<ClaimObstacle> obstacle = claims.flatMap(all -> all.claim(tx, node));
        if (obstacle.isPresent()) {
          return new Outcome.NotEnrolled(obstacle.get());
        }
      }
      Credential credential = requireAlive(tx);
      methods.require(tx, credential);
      ResponsePrimitive response = repeats.covers(asked) ? runOnce(tx) : run(tx);
      generations.accepted(tx, credential);
      return new Outcome.Done(response);
    }

    Functions.Outgoing onward(Repositories tx) {
      requireStanding();
      var unused = requireAlive(tx);
      return functions.onward(tx, asked);
    }

    Optional<RegistrarQuestion> askedOnRefusal(Repositories tx, RequestPrimitive onward) {
      return functions.askedOnRefusal(tx, asked.as(onward));
    }

    Functions.Outgoing onwardAndAccept(Repositories tx) {
      requireStanding();
      Credential credential = requireAlive(tx);
      Functions.Outgoing onward = functions.onward(tx, asked);
      generations.accepted(tx, credential);
      return onward;
    }

    ResponsePrimitive settled(Repositories tx, ResponsePrimitive answer) {
      var unused = requireAlive(tx);
      return functions.settled(tx, asked, answer);
    }

    private void requireStanding() {
      if (!sessions.stands(live)) {
        throw Refusal.CREDENTIAL_ENDED.of("session");
      }
    }

    /**
     * The session's own check may be older than a revocation that waits behind it to commit. Of two
     * sessions in which one device may claim, the second to speak is not that enrolee's.
     */
    private Credential requireAlive(Repositories tx) {
      return tx.credentials()
          .find(asked.principal().credential())
          .filter(credential -> credential.keepsSessionAt(tx.now()))
          .filter(credential -> credential.client().equals(asked.principal().client()))
          .orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
    }

    private ResponsePrimitive runOnce(Repositories tx) {
      RequestKey key = repeats.keyOf(asked);
      Optional<ResponsePrimitive> before = repeats.answerOf(tx, asked, key);
      if (before.isPresent()) {
        functions.repeated(tx, asked);
        return before.get();
      }
      ResponsePrimitive fresh = run(tx);
      repeats.remember(tx.repeatedRequests(), key, fresh);
      return fresh;
    }
  }
}
