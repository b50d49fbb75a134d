// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext.Attributes;
import org.eclipse.californium.elements.MessageCallback;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.eclipse.californium.scandium.dtls.x509.SingleCertificateProvider;
import org.jspecify.annotations.Nullable;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/**
 * A client's end on Scandium.
 *
 * <p>Requests go over one known session or not at all: Scandium never shakes hands for one by
 * itself. When the server's close_notify comes, the session ends here too and the next request
 * starts a full handshake. After a request went unanswered the session stands in doubt: {@link
 * #connect} then replaces it, {@link #resume} revives it, and {@link #send} still uses it, for the
 * network may be all that failed.
 */
final class DtlsEndpoint implements SecureEndpoint {
  /** Room for what a CSE puts in one answer, 1 MiB of stored attributes, as it is written. */
  static final int MAX_BODY_OCTETS = 2 << 20;

  private final Target target;
  private final SessionRegistry registry;
  private final SessionConnector connector;
  private final CoapEndpoint endpoint;
  private final OutboundRequests requests;
  private final TrafficMeter meter;
  private final EndpointExecutors executors;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final Object lock = new Object();

  // guarded by lock
  private @Nullable Standing standing;
  private @Nullable CompletableFuture<Standing> handshake;
  private boolean closing;

  /** The function that an endpoint talks to and how it authenticates there. */
  record Target(InetSocketAddress server, Fqdn serverName, EndpointCredential credential) {}

  /** The session in use and where requests over it are addressed. */
  private record Standing(EstablishedSession session, EndpointContext destination) {}

  private DtlsEndpoint(
      Target target,
      SessionRegistry registry,
      SessionConnector connector,
      CoapEndpoint endpoint,
      OutboundRequests requests,
      TrafficMeter meter,
      EndpointExecutors executors) {
    this.target = target;
    this.registry = registry;
    this.connector = connector;
    this.endpoint = endpoint;
    this.requests = requests;
    this.meter = meter;
    this.executors = executors;
  }

  /**
   * @throws UncheckedIOException if no local port is to be had
   */
  static DtlsEndpoint open(
      Target target,
      EndpointTimers timers,
      Serialization serialization,
      EndpointExecutors executors,
      boolean forwardSecrecy,
      TrafficMeter meter) {
    SessionRegistry registry = new SessionRegistry(SessionObserver.NONE, meter, ended -> {});
    DtlsConnectorConfig.Builder profile = profile(target, timers, forwardSecrecy);
    SessionConnector connector =
        SessionConnector.create(
            profile, registry, meter, executors.receiver(), HandshakeAdmission.ALL);
    connector.setExecutor(executors.main());
    CoapEndpoint coap =
        CoapEndpoint.builder()
            .setConnector(connector)
            .setConfiguration(DtlsProfile.coap(timers, MAX_BODY_OCTETS))
            .setEndpointContextMatcher(new SessionMatcher())
            .setDataSerializerAndParser(new UdpDataSerializer(), CoapBinding.parser())
            .build();
    coap.setExecutors(executors.main(), executors.secondary());
    try {
      coap.start();
    } catch (IOException e) {
      throw new UncheckedIOException("no local UDP port", e);
    }
    OutboundRequests requests = new OutboundRequests(coap, serialization, executors.secondary());
    registry.attach(requests);
    return new DtlsEndpoint(target, registry, connector, coap, requests, meter, executors);
  }

  private static DtlsConnectorConfig.Builder profile(
      Target target, EndpointTimers timers, boolean forwardSecrecy) {
    EndpointCredential credential = target.credential();
    if (credential instanceof CertificateCredential certificate) {
      return DtlsProfile.certificateClient(timers)
          .setCertificateIdentityProvider(
              new SingleCertificateProvider(
                  certificate.own().key(),
                  certificate.own().chain().toArray(X509Certificate[]::new),
                  CertificateType.X_509))
          .setAdvancedCertificateVerifier(
              new ServerCertificate(certificate.trusted(), target.serverName()));
    }
    if (credential instanceof RawPublicKeyCredential raw) {
      return DtlsProfile.certificateClient(timers)
          .setCertificateIdentityProvider(
              new SingleCertificateProvider(raw.own().key(), raw.own().publicKey()))
          .setAdvancedCertificateVerifier(verifier(raw.server(), target.serverName()));
    }
    PskCredential psk = (PskCredential) credential;
    return DtlsProfile.client(timers, forwardSecrecy).setAdvancedPskStore(new ClientPsk(psk));
  }

  private static NewAdvancedCertificateVerifier verifier(ServerTrust trust, Fqdn serverName) {
    return trust instanceof ServerTrust.PinnedKey pinned
        ? new PinnedServerKey(pinned.id())
        : new ServerCertificate(((ServerTrust.Authorities) trust).certificates(), serverName);
  }

  @Override
  public void serve(RequestHandler handler) {
    endpoint.setMessageDeliverer(
        new InboundDispatcher(
            handler, BareHandler.NONE, registry::find, MAX_BODY_OCTETS, executors.secondary()));
  }

  @Override
  public CompletionStage<SecureSession> connect() {
    return session(false).thenApply(Standing::session);
  }

  @Override
  public CompletionStage<SecureSession> resume() {
    CompletableFuture<Standing> resumed;
    synchronized (lock) {
      resumed =
          handshake != null
              ? handshake
              : shakeHands(DtlsEndpointContext.ATTRIBUTE_HANDSHAKE_MODE_FORCE);
    }
    return resumed.thenApply(Standing::session);
  }

  @Override
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return send(request.toString(), destination -> requests.send(request, destination));
  }

  @Override
  public CompletionStage<BareResponse> exchange(BareRequest request) {
    return send(request.toString(), destination -> requests.send(request, destination));
  }

  private <T> CompletionStage<T> send(
      String what, Function<EndpointContext, CompletionStage<T>> sender) {
    return session(true)
        .thenCompose(over -> sendOver(over, sender))
        .exceptionallyCompose(failure -> sendAgainIfUnsent(what, sender, failure));
  }

  /** A session may end between its choice and the sending: then another is worth one try. */
  private <T> CompletionStage<T> sendAgainIfUnsent(
      String what, Function<EndpointContext, CompletionStage<T>> sender, Throwable failure) {
    Throwable cause = Failures.causeOf(failure);
    if (!(cause instanceof OutboundRequests.NotSentException)) {
      return CompletableFuture.failedFuture(cause);
    }
    return session(true)
        .thenCompose(over -> sendOver(over, sender))
        .exceptionallyCompose(
            again ->
                CompletableFuture.failedFuture(
                    Failures.causeOf(again) instanceof OutboundRequests.NotSentException
                        ? new NoAnswerException(what + ": the session keeps ending")
                        : Failures.causeOf(again)));
  }

  private static <T> CompletionStage<T> sendOver(
      Standing over, Function<EndpointContext, CompletionStage<T>> sender) {
    return sender
        .apply(over.destination())
        .whenComplete(
            (answer, failure) -> {
              if (answer != null) {
                over.session().trust();
              } else if (failure instanceof NoAnswerException) {
                over.session().doubt();
              }
            });
  }

  /** The session that stands, or a new one. */
  private CompletableFuture<Standing> session(boolean evenInDoubt) {
    synchronized (lock) {
      if (handshake != null) {
        return handshake;
      }
      Standing now = standing;
      if (now != null && now.session().isOpen() && (evenInDoubt || !now.session().isInDoubt())) {
        return CompletableFuture.completedFuture(now);
      }
      return shakeHands(DtlsEndpointContext.ATTRIBUE_HANDSHAKE_MODE_FORCE_FULL);
    }
  }

  /** Starts a handshake; the caller holds the lock and there is none under way. */
  private CompletableFuture<Standing> shakeHands(Attributes mode) {
    if (closing) {
      return CompletableFuture.failedFuture(new IllegalStateException("the endpoint is closed"));
    }
    CompletableFuture<Standing> started = new CompletableFuture<>();
    Standing previous = standing;
    standing = null;
    handshake = started;
    if (previous != null) {
      registry.forget(previous.session());
    }
    executors.main().execute(() -> startHandshake(mode, started));
    return started;
  }

  private void startHandshake(Attributes mode, CompletableFuture<Standing> started) {
    try {
      String name = target.serverName().value();
      connector.handshake(target.server(), name, mode, new Outcome(started));
    } catch (RuntimeException e) {
      fail(started, e);
    }
  }

  private void succeed(CompletableFuture<Standing> started, EndpointContext context) {
    Optional<EstablishedSession> session = registry.find(context);
    if (session.isEmpty()) {
      fail(started, new IOException("the session was closed at once"));
      return;
    }
    EndpointContext destination =
        MapBasedEndpointContext.addEntries(
            context, DtlsEndpointContext.ATTRIBUTE_HANDSHAKE_MODE_NONE);
    Standing established = new Standing(session.get(), destination);
    synchronized (lock) {
      standing = established;
      handshake = null;
    }
    // not on the connection's own executor, which whoever continues could hold up
    var unused = started.completeAsync(() -> established, executors.main());
  }

  private void fail(CompletableFuture<Standing> started, Throwable error) {
    synchronized (lock) {
      if (handshake == started) {
        handshake = null;
      }
    }
    started.completeExceptionally(HandshakeFailures.classify(error, target.server()));
  }

  @Override
  public TrafficMeter.Reading traffic() {
    return meter.read();
  }

  /** Completes when the port is free. */
  CompletableFuture<Void> closed() {
    return closed;
  }

  @Override
  public void close() {
    Standing last;
    CompletableFuture<Standing> pending;
    synchronized (lock) {
      if (closing) {
        return;
      }
      closing = true;
      last = standing;
      pending = handshake;
      standing = null;
    }
    if (pending != null) {
      fail(pending, new IOException("the endpoint was closed"));
    }
    if (last != null && last.session().end()) {
      connector.end(last.session().connection(), this::freePort);
    } else {
      freePort();
    }
  }

  private void freePort() {
    try {
      executors.secondary().execute(this::destroy);
    } catch (RejectedExecutionException e) {
      destroy();
    }
  }

  private void destroy() {
    requests.cancelAll();
    endpoint.destroy();
    registry.clear();
    closed.complete(null);
  }

  /** What Scandium says of a handshake. */
  private final class Outcome implements MessageCallback {
    private final CompletableFuture<Standing> started;

    Outcome(CompletableFuture<Standing> started) {
      this.started = started;
    }

    @Override
    public void onContextEstablished(EndpointContext context) {
      succeed(started, context);
    }

    @Override
    public void onError(Throwable error) {
      fail(started, error);
    }

    @Override
    public void onConnecting() {}

    @Override
    public void onDtlsRetransmission(int flight) {}

    @Override
    public void onSent() {}
  }
}
