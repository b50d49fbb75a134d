// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** A server that knows some keys, remembers what it was told and answers what a test wants. */
final class Fixture implements AutoCloseable {
  static final Fqdn SERVER_NAME = new Fqdn("mef.sp.example.org");
  static final EndpointTimers FAST =
      new EndpointTimers(Duration.ofMillis(200), 2, Duration.ofMillis(200), 1);

  final Map<String, SecretKeyBytes> keys = new ConcurrentHashMap<>();
  final List<CredentialLookup.Query> queries = new CopyOnWriteArrayList<>();
  final List<RequestHandler.Inbound> requests = new CopyOnWriteArrayList<>();
  final Observer observer = new Observer();
  final DtlsEndpointFactory clients = DtlsEndpointFactory.create(FAST);
  final SecureServer server;

  volatile CredentialLookup lookup =
      query -> CompletableFuture.completedFuture(Optional.ofNullable(keys.get(query.identity())));
  volatile RequestHandler handler =
      inbound ->
          CompletableFuture.completedFuture(
              ResponsePrimitive.of(ResponseStatusCode.OK, inbound.request().requestId()));

  volatile BareHandler bare = BareHandler.NONE;

  Fixture() {
    this(settings(0));
  }

  Fixture(SecureServerSettings settings) {
    server =
        SecureServer.start(
            settings,
            this::lookUp,
            Optional.empty(),
            this::handle,
            new Bare(),
            observer,
            HandshakeAdmission.ALL);
  }

  static SecureServerSettings settings(int port) {
    return SecureServerSettings.at(loopback(port)).withTimers(FAST);
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private CompletionStage<Optional<SecretKeyBytes>> lookUp(CredentialLookup.Query query) {
    queries.add(query);
    return lookup.lookup(query);
  }

  private CompletionStage<ResponsePrimitive> handle(RequestHandler.Inbound inbound) {
    requests.add(inbound);
    return handler.handle(inbound);
  }

  InetSocketAddress address() {
    return loopback(server.port());
  }

  /** A credential that the server knows. */
  PskCredential enrol(String name) {
    PskCredential credential = credential(name);
    keys.put(credential.identity().toString(), credential.key());
    return credential;
  }

  static PskCredential credential(String name) {
    SecretKeyBytes key =
        SecretKeyBytes.copyOf(("key of " + name + " ....................").getBytes(UTF_8));
    return new PskCredential(new KeyIdentifier(name, SERVER_NAME), key);
  }

  SecureEndpoint client(PskCredential credential) {
    return client(address(), credential);
  }

  SecureEndpoint client(InetSocketAddress at, PskCredential credential) {
    return clients.open(at, SERVER_NAME, credential);
  }

  /** The server's end of the only session so far. */
  SecureSession serverSession() {
    return serverSession(1);
  }

  /** The server's end of the nth session; it may be established just after the client's. */
  SecureSession serverSession(int nth) {
    Awaitility.await().until(() -> observer.established.size() >= nth);
    return observer.established.get(nth - 1);
  }

  static RequestPrimitive retrieve(String requestId) {
    return RequestPrimitive.builder(Operation.RETRIEVE, "cse-in", requestId).build();
  }

  static <T> T await(CompletionStage<T> stage) {
    return await(stage, Duration.ofSeconds(15));
  }

  static <T> T await(CompletionStage<T> stage, Duration patience) {
    return stage.toCompletableFuture().orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).join();
  }

  static Throwable failureOf(CompletionStage<?> stage) {
    try {
      await(stage);
    } catch (CompletionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
    throw new AssertionError("the stage did not fail");
  }

  @Override
  public void close() {
    clients.close();
    server.close();
  }

  /** The present one. */
  private final class Bare implements BareHandler {
    @Override
    public boolean serves(List<String> path) {
      return bare.serves(path);
    }

    @Override
    public CompletionStage<BareResponse> handle(BareRequest request, SecureSession session) {
      return bare.handle(request, session);
    }
  }

  /** Remembers what it was told. */
  static final class Observer implements SessionObserver {
    final List<SecureSession> established = new CopyOnWriteArrayList<>();
    final List<SecureSession> closed = new CopyOnWriteArrayList<>();
    final List<Failure> failures = new CopyOnWriteArrayList<>();

    record Failure(Optional<String> identity, String reason) {}

    @Override
    public void established(SecureSession session) {
      established.add(session);
    }

    @Override
    public void closed(SecureSession session) {
      closed.add(session);
    }

    @Override
    public void handshakeFailed(
        InetSocketAddress peer, Optional<String> pskIdentity, String reason) {
      failures.add(new Failure(pskIdentity, reason));
    }

    List<String> identities() {
      return new ArrayList<>(established.stream().map(SecureSession::clientIdentity).toList());
    }
  }
}
