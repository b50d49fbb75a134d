// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.auth.PreSharedKeyIdentity;
import org.eclipse.californium.scandium.ConnectionListener;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.ResumingServerHandshaker;
import org.eclipse.californium.scandium.dtls.SessionListener;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one connector: each is entered when its handshake ends and leaves with its
 * connection, and the observer hears of both, and of handshakes that fail, once.
 */
final class SessionRegistry
    implements SessionListener, ConnectionListener, EstablishedSession.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRegistry.class);

  /** As many nodes may stand behind one address and start at once. */
  private static final int HALF_OPEN_PER_SOURCE = 5_000;

  private static final int HALF_OPEN_IN_ALL = 20_000;

  private final ConcurrentMap<SessionKey, EstablishedSession> sessions = new ConcurrentHashMap<>();
  private final ConcurrentMap<ConnectionId, EstablishedSession> byConnection =
      new ConcurrentHashMap<>();

  /** Sessions without a connection id: the next one from the same address makes them deaf. */
  private final ConcurrentMap<InetSocketAddress, EstablishedSession> byFixedAddress =
      new ConcurrentHashMap<>();

  private final HalfOpenHandshakes<Handshaker> halfOpen =
      new HalfOpenHandshakes<>(HALF_OPEN_PER_SOURCE, HALF_OPEN_IN_ALL);
  private final SessionObserver observer;
  private final TrafficMeter meter;
  private final Consumer<SessionKey> onEnd;
  private volatile @Nullable SessionConnector connector;
  private volatile @Nullable OutboundRequests requests;

  /**
   * @param onEnd hears of each session that has ended, before the observer does
   */
  SessionRegistry(SessionObserver observer, TrafficMeter meter, Consumer<SessionKey> onEnd) {
    this.observer = observer;
    this.meter = meter;
    this.onEnd = onEnd;
  }

  /** Connects both ways; called once, before the connector starts. */
  void attach(SessionConnector owner) {
    connector = owner;
  }

  /** Has requests to the peers of these sessions sent; called once, before the first session. */
  void attach(OutboundRequests sender) {
    requests = sender;
  }

  private SessionConnector connector() {
    return Objects.requireNonNull(connector, "the registry is attached before the first session");
  }

  /** The open session that a message came over or is bound to. */
  Optional<EstablishedSession> find(EndpointContext context) {
    return SessionKey.of(context).map(sessions::get);
  }

  /** The handshake that a connection is in. */
  Optional<Handshaker> handshakeOn(ConnectionId connection) {
    return connector().handshakeOn(connection);
  }

  /** Sessions that stand. */
  int size() {
    return byConnection.size();
  }

  /** Handshakes under way, those included of which {@link #fail} has told already. */
  int handshakes() {
    return halfOpen.size();
  }

  /** Entries in all maps: zero once every session has ended. */
  int entries() {
    return sessions.size() + byConnection.size() + byFixedAddress.size() + halfOpen.size();
  }

  /** Ends every session without telling the peers. */
  void clear() {
    List.copyOf(byConnection.values()).forEach(this::forget);
  }

  /** A session that has ended is not worth another try, for it is this one or none. */
  @Override
  public CompletionStage<ResponsePrimitive> send(
      EstablishedSession session, RequestPrimitive request) {
    OutboundRequests sender =
        Objects.requireNonNull(requests, "requests are attached before the first session");
    CompletableFuture<ResponsePrimitive> sent = sender.send(request, session.destination());
    CompletableFuture<ResponsePrimitive> answer =
        sent.exceptionallyCompose(
            failure -> {
              Throwable cause = Failures.causeOf(failure);
              return CompletableFuture.failedFuture(
                  cause instanceof OutboundRequests.NotSentException
                      ? new NoAnswerException(request + ": the session has ended")
                      : cause);
            });
    var unused = answer.whenComplete((ready, failure) -> sent.cancel(false));
    return answer;
  }

  /** Closes a session: the peer gets a close_notify and nothing is left to resume. */
  @Override
  public void close(EstablishedSession session) {
    if (forget(session)) {
      connector().end(session.connection(), () -> {});
    }
  }

  /** Takes a session out whose connection goes on with other keys. */
  boolean forget(EstablishedSession session) {
    if (!session.end()) {
      return false;
    }
    sessions.remove(session.key(), session);
    byConnection.remove(session.connection().getConnectionId(), session);
    byFixedAddress.remove(session.peer(), session);
    onEnd.accept(session.key());
    tell(told -> told.closed(session));
    return true;
  }

  /**
   * Records that a handshake is bound to fail, ahead of Scandium, which lets it run into its
   * time-out in silence.
   */
  void fail(Handshaker handshaker, Optional<String> identity, String reason) {
    if (halfOpen.fails(handshaker)) {
      tell(told -> told.handshakeFailed(handshaker.getPeerAddress(), identity, reason));
    }
  }

  /** Whether {@link #fail} was called for a handshake that Scandium still lets run. */
  boolean hasFailed(Handshaker handshaker) {
    return halfOpen.isFailing(handshaker);
  }

  @Override
  public void contextEstablished(Handshaker handshaker, DTLSContext context) {
    var unused = halfOpen.ended(handshaker);
    meter.countHandshake();
    Connection connection = handshaker.getConnection();
    if (isResumedByCertificate(handshaker, context)) {
      connector().end(connection, () -> {});
      return;
    }
    InetSocketAddress peer = handshaker.getPeerAddress();
    EstablishedSession session =
        new EstablishedSession(connection, context, !handshaker.isFullHandshake(), peer, this);
    sessions.put(session.key(), session);
    EstablishedSession replaced = byConnection.put(connection.getConnectionId(), session);
    if (replaced != null) {
      forget(replaced);
    }
    if (!connection.expectCid()) {
      EstablishedSession deaf = byFixedAddress.put(peer, session);
      if (deaf != null && forget(deaf)) {
        connector().drop(deaf.connection());
      }
    }
    tell(told -> told.established(session));
  }

  /**
   * A client's certificate is judged in a full handshake alone: it may have ended or been revoked
   * since. The identity that the judgement gave is not resumed either.
   */
  private static boolean isResumedByCertificate(Handshaker handshaker, DTLSContext context) {
    return handshaker instanceof ResumingServerHandshaker
        && ClientCertificates.isOfCertificate(context.getSession().getPeerIdentity());
  }

  @Override
  public void handshakeFailed(Handshaker handshaker, Throwable error) {
    boolean known = halfOpen.ended(handshaker);
    if (!known && !handshaker.hasContextEstablished()) {
      Optional<String> identity = identityOf(handshaker);
      tell(told -> told.handshakeFailed(handshaker.getPeerAddress(), identity, reasonOf(error)));
    }
  }

  /**
   * A record that does not verify during a handshake is the client's Finished under another key.
   */
  @Override
  public boolean onConnectionMacError(Connection connection) {
    Handshaker handshaker = connection.getOngoingHandshake();
    if (handshaker != null && !handshaker.hasContextEstablished()) {
      fail(handshaker, identityOf(handshaker), "the client's Finished was made with another key");
    }
    return false;
  }

  @Override
  public void onConnectionRemoved(Connection connection) {
    Handshaker handshaker = connection.getOngoingHandshake();
    if (handshaker != null) {
      var unused = halfOpen.ended(handshaker);
    }
    EstablishedSession session = byConnection.get(connection.getConnectionId());
    if (session != null) {
      forget(session);
    }
  }

  /** A close_notify of the peer leaves a connection that is only good for resumption: drop it. */
  @Override
  public void afterExecution(Connection connection) {
    if (connection.isClosed()) {
      EstablishedSession session = byConnection.get(connection.getConnectionId());
      if (session != null && forget(session)) {
        connector().drop(connection);
      }
    }
  }

  @Override
  public void handshakeStarted(Handshaker handshaker) {
    halfOpen
        .started(handshaker, handshaker.getPeerAddress())
        .ifPresent(oldest -> connector().abort(oldest, "made room for newer handshakes"));
  }

  @Override
  public void handshakeCompleted(Handshaker handshaker) {}

  @Override
  public void handshakeFlightRetransmitted(Handshaker handshaker, int flight) {}

  @Override
  public void onConnectionEstablished(Connection connection) {}

  @Override
  public boolean onConnectionUpdatesSequenceNumbers(
      Connection connection, boolean writeSequenceNumber) {
    return false;
  }

  @Override
  public void beforeExecution(Connection connection) {}

  @Override
  public void updateExecution(Connection connection) {}

  private static Optional<String> identityOf(Handshaker handshaker) {
    Principal principal = handshaker.getSession().getPeerIdentity();
    return principal instanceof PreSharedKeyIdentity psk
        ? Optional.of(psk.getIdentity())
        : Optional.empty();
  }

  private static String reasonOf(Throwable error) {
    if (error instanceof DtlsHandshakeTimeoutException timeout) {
      return "timed out after flight " + timeout.getFlightNumber();
    }
    if (error instanceof HandshakeException refused) {
      return refused.getAlert().getDescription() + ": " + refused.getMessage();
    }
    return String.valueOf(error.getMessage());
  }

  private void tell(Consumer<SessionObserver> news) {
    try {
      news.accept(observer);
    } catch (RuntimeException e) {
      LOG.error("a session observer failed", e);
    }
  }
}
