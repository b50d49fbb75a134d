// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RegistrationPointChange;

/**
 * The session with the registrar. A request that stays unanswered means that the server may have
 * forgotten the session: it is resumed, then made anew with the same credential, then given up.
 */
public final class AssociationLink implements Sender, AutoCloseable {
  private static final int RESUME = 1;
  private static final int RENEW = 2;

  private final Supplier<Exchange> opener;
  private final KeyIdentifier credential;
  private final Predicate<RequestPrimitive> isBetweenEnds;
  private final Consumer<Throwable> onLost;
  private Exchange exchange;
  private TrafficMeter.Reading earlierTraffic = TrafficMeter.Reading.ZERO;
  private @Nullable CompletableFuture<SecureSession> recovery;
  private int generation;
  private boolean lost;

  /**
   * @param connected the exchange that stands
   * @param opener opens another one with the same credential
   * @param credential its identity
   * @param isBetweenEnds whether the other end alone answers a request, so that its answer may ask
   *     for a new session
   * @param onLost told once, with the reason, when the session is given up
   */
  public AssociationLink(
      Exchange connected,
      Supplier<Exchange> opener,
      KeyIdentifier credential,
      Predicate<RequestPrimitive> isBetweenEnds,
      Consumer<Throwable> onLost) {
    this.exchange = connected;
    this.opener = opener;
    this.credential = credential;
    this.isBetweenEnds = isBetweenEnds;
    this.onLost = onLost;
  }

  /** The psk_identity the session was opened with. */
  public KeyIdentifier credential() {
    return credential;
  }

  public synchronized TrafficMeter.Reading traffic() {
    return earlierTraffic.plus(exchange.traffic());
  }

  /**
   * Sends over the session, recovering it where needed. A CREATE without a resource name is not
   * repeated, since nothing tells its repetition from a second one; but that of an {@code <AEAnnc>}
   * is, which the registrar knows again by its Request Identifier. A request that can not be sent
   * at all fails by itself, and leaves the session to others.
   *
   * <p>Fails with {@link NoAnswerException} or {@code HandshakeFailedException}.
   */
  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return attempt(request, 0);
  }

  private CompletionStage<ResponsePrimitive> attempt(RequestPrimitive request, int recoveries) {
    int seen;
    Exchange current;
    synchronized (this) {
      seen = generation;
      current = exchange;
    }
    return current
        .send(request)
        .handle(
            (answer, failure) -> {
              if (failure == null) {
                return accepted(request, answer);
              }
              return isNoAnswer(failure)
                  ? retried(request, recoveries + 1, seen, failure)
                  : failed(Failures.causeOf(failure));
            })
        .thenCompose(stage -> stage);
  }

  /**
   * Of an announced AE, earlier releases are told so that the rules refuse it. What is in transit
   * may be answered by any CSE, which has no say in this session.
   */
  private CompletionStage<ResponsePrimitive> accepted(
      RequestPrimitive request, ResponsePrimitive answer) {
    if (isBetweenEnds.test(request)
        && !isAnnouncement(request)
        && answer.status() == ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED) {
      giveUp(new NoAnswerException("the registrar asks for a new security association"));
    }
    return CompletableFuture.completedFuture(answer);
  }

  private static boolean isAnnouncement(RequestPrimitive request) {
    return request
        .content()
        .filter(content -> content.root().equals(CseResources.AE_ANNC.root()))
        .isPresent();
  }

  private CompletionStage<ResponsePrimitive> retried(
      RequestPrimitive request, int recovery, int seen, Throwable failure) {
    if (recovery > RENEW) {
      return given(failure);
    }
    return recovered(recovery, seen)
        .handle(
            (session, refused) -> {
              if (refused != null && recovery == RESUME) {
                return retried(request, RENEW, seen, refused);
              }
              if (refused != null) {
                return given(refused);
              }
              return isRepeatable(request)
                  ? attempt(request, recovery)
                  : CompletableFuture.<ResponsePrimitive>failedFuture(failure);
            })
        .thenCompose(stage -> stage);
  }

  /**
   * One recovery at a time: requests that failed in the same session share it, also when it has
   * ended well meanwhile.
   */
  private synchronized CompletionStage<SecureSession> recovered(int recovery, int seen) {
    if (this.recovery != null) {
      return this.recovery;
    }
    if (generation != seen) {
      return exchange.connect();
    }
    CompletableFuture<SecureSession> shared = new CompletableFuture<>();
    this.recovery = shared;
    (recovery == RESUME ? exchange.resume() : renewed())
        .whenComplete((session, failure) -> settle(shared, session, failure));
    return shared;
  }

  private CompletionStage<SecureSession> renewed() {
    earlierTraffic = earlierTraffic.plus(exchange.traffic());
    exchange.close();
    exchange = opener.get();
    return exchange.connect();
  }

  private void settle(
      CompletableFuture<SecureSession> shared,
      @Nullable SecureSession session,
      @Nullable Throwable failure) {
    synchronized (this) {
      recovery = null;
      generation += failure == null ? 1 : 0;
    }
    if (failure == null && session != null) {
      shared.complete(session);
    } else {
      shared.completeExceptionally(
          Optional.ofNullable(failure).orElseGet(() -> new NoAnswerException("resumption")));
    }
  }

  /** A session that could not be made anew is lost; all else is the request's own trouble. */
  private CompletionStage<ResponsePrimitive> failed(Throwable cause) {
    return cause instanceof HandshakeFailedException
        ? given(cause)
        : CompletableFuture.failedFuture(cause);
  }

  private CompletionStage<ResponsePrimitive> given(Throwable failure) {
    Throwable cause = Failures.causeOf(failure);
    giveUp(cause);
    return CompletableFuture.failedFuture(cause);
  }

  private void giveUp(Throwable reason) {
    synchronized (this) {
      if (lost) {
        return;
      }
      lost = true;
    }
    onLost.accept(reason);
  }

  private static boolean isRepeatable(RequestPrimitive request) {
    return switch (request.operation()) {
      case RETRIEVE, UPDATE, DELETE -> true;
      case NOTIFY -> RegistrationPointChange.isOne(request);
      case CREATE ->
          isAnnouncement(request)
              || request.content().filter(c -> c.attributes().has("rn")).isPresent();
    };
  }

  private static boolean isNoAnswer(Throwable failure) {
    return Failures.causeOf(failure) instanceof NoAnswerException;
  }

  @Override
  public synchronized void close() {
    lost = true;
    exchange.close();
  }
}
