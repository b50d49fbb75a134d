// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.association.FakeEndpoint;
import org.mooring.asn.command.ScriptedMef;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/**
 * MEF, MAF and IN-CSE without a network: sessions are objects, keys are compared, and a test says
 * what goes wrong. What one of them answers is in a class of its own.
 */
final class FakeProvider implements SecureEndpointFactory {
  static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  static final Fqdn MAF = new Fqdn("maf.sp.example.org");
  static final Fqdn REGISTRAR = new Fqdn("id-in.sp.example.org");
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  /** What a test does to the traffic. */
  interface Mischief {
    Mischief NONE = new Mischief() {};

    /** Fails a handshake toward a function. */
    default Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
      return Optional.empty();
    }

    /** Refuses a request in a session that a credential opened. */
    default Optional<Refusal> refusal(KeyIdentifier identity, RequestPrimitive request) {
      return Optional.empty();
    }

    /** Loses a request on its way, or its answer. */
    default Loss loss(Fqdn function, RequestPrimitive request) {
      return Loss.NONE;
    }

    /** Changes an answer. */
    default ResponsePrimitive answer(RequestPrimitive request, ResponsePrimitive answer) {
      return answer;
    }
  }

  enum Loss {
    NONE,
    REQUEST,
    ANSWER
  }

  final List<String> handshakes = new CopyOnWriteArrayList<>();
  final List<RequestPrimitive> requests = new CopyOnWriteArrayList<>();
  final ScriptedMef commands = new ScriptedMef();
  final FakeApplications applications = new FakeApplications();
  volatile Mischief mischief = Mischief.NONE;

  /** What the MEF answers to EST; as long as a test says nothing, it does not know it. */
  volatile Function<BareRequest, CompletionStage<BareResponse>> est =
      request ->
          CompletableFuture.completedFuture(BareResponse.error(404, "no EST here", Duration.ZERO));

  /** Whether the registrar relays requests for application associations. */
  volatile boolean relays = true;

  Duration lifetime = Duration.ofDays(30);
  EnrolmentPath path;

  private final String sp;
  private final Fqdn mef;
  private final Fqdn maf;
  private final Fqdn registrar;
  private final FakeKeys keys = new FakeKeys();
  private final FakeRegistrar cse;
  private final Map<Fqdn, FakeFunction> functions;
  private final Map<String, ResponsePrimitive> answers = new HashMap<>();

  FakeProvider(EnrolmentPath path, KeyIdentifier kpmId, SecretKeyBytes kpm) {
    this("sp.example.org", path, kpmId, kpm);
  }

  /**
   * @param sp the provider's domain
   */
  FakeProvider(String sp, EnrolmentPath path, KeyIdentifier kpmId, SecretKeyBytes kpm) {
    this.sp = sp;
    this.mef = new Fqdn("mef." + sp);
    this.maf = new Fqdn("maf." + sp);
    this.registrar = new Fqdn("id-in." + sp);
    this.path = path;
    FakeMaf keyDistributor = new FakeMaf(this, keys, applications);
    this.cse = new FakeRegistrar(this, keys, keyDistributor);
    this.functions =
        Map.of(mef, new FakeMef(this, keys, commands), maf, keyDistributor, registrar, cse);
    keys.put(mef, kpmId, kpm);
  }

  ClientConfiguration configuration() {
    return new ClientConfiguration(
        new NodeId("urn:uuid:11111111-2222-3333-4444-555555555555"),
        new CseId("/asn-0123456789ab"),
        new CseId("//" + sp + "/id-in"),
        registrar,
        List.of(),
        mef,
        maf,
        List.of(),
        path);
  }

  /** Knows a key from the factory, shared with the maf or the registrar. */
  synchronized void provision(Fqdn function, KeyIdentifier identity, SecretKeyBytes key) {
    keys.put(function, identity, key);
  }

  /** Knows the name in a certificate, or a public key, of a node. */
  synchronized void trust(KeyIdentifier identity) {
    provision(mef, identity, SecretKeyBytes.random());
  }

  /** Forgets a credential, as after a revocation. */
  synchronized void forget(Fqdn function, KeyIdentifier identity) {
    keys.forget(function, identity);
  }

  /** The handshakes up to now, also while the node goes on. */
  synchronized List<String> handshakesSoFar() {
    return List.copyOf(handshakes);
  }

  /** Likewise the requests. */
  synchronized List<RequestPrimitive> requestsSoFar() {
    return List.copyOf(requests);
  }

  synchronized boolean hasRemoteCse() {
    return cse.hasRemoteCse();
  }

  synchronized void dropRemoteCse() {
    cse.dropRemoteCse();
  }

  synchronized boolean knows(Fqdn function, KeyIdentifier identity) {
    return keys.find(function, identity).isPresent();
  }

  /** When what is registered now ends. */
  Instant end() {
    return NOW.plus(lifetime);
  }

  @Override
  public SecureEndpoint open(InetSocketAddress server, Fqdn name, EndpointCredential credential) {
    return new Endpoint(name, credential);
  }

  @Override
  public void close() {}

  private final class Endpoint extends FakeEndpoint {
    private final Fqdn function;
    private final EndpointCredential credential;
    private final TrafficMeter meter = new TrafficMeter();
    private @Nullable FakeProviderSession session;

    Endpoint(Fqdn function, EndpointCredential credential) {
      this.function = function;
      this.credential = credential;
    }

    @Override
    public CompletionStage<SecureSession> connect() {
      return handshake(false);
    }

    @Override
    public CompletionStage<SecureSession> resume() {
      return handshake(true);
    }

    /** A certificate and a public key prove themselves. */
    private boolean fits() {
      return keys.find(function, credential.identity())
          .filter(known -> !(credential instanceof PskCredential psk) || known.equals(psk.key()))
          .isPresent();
    }

    private CompletionStage<SecureSession> handshake(boolean resumed) {
      synchronized (FakeProvider.this) {
        handshakes.add(function + " " + credential.identity());
        Optional<Stage> failure = mischief.handshake(function, credential.identity());
        if (failure.isEmpty() && !fits()) {
          boolean isKeyInCommon = credential instanceof PskCredential;
          failure = Optional.of(isKeyInCommon ? Stage.LAST_FLIGHT : Stage.REFUSED);
        }
        if (failure.isPresent()) {
          return CompletableFuture.failedFuture(
              new HandshakeFailedException(failure.get(), "handshake with " + function));
        }
        meter.countHandshake();
        FakeProviderSession made =
            new FakeProviderSession(credential.identity(), function, resumed);
        session = made;
        return CompletableFuture.completedFuture(made);
      }
    }

    @Override
    public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
      synchronized (FakeProvider.this) {
        Loss loss = mischief.loss(function, request);
        meter.countDatagram(100);
        if (loss == Loss.REQUEST) {
          return CompletableFuture.failedFuture(new NoAnswerException(request.toString()));
        }
        requests.add(request);
        FakeProviderSession standing = Objects.requireNonNull(session);
        ResponsePrimitive answer =
            mischief
                .refusal(standing.credential(), request)
                .map(why -> ResponsePrimitive.refused(why.of("From"), request.requestId()))
                .orElseGet(() -> remembered(standing, request));
        meter.countDatagram(100);
        return loss == Loss.ANSWER
            ? CompletableFuture.failedFuture(new NoAnswerException(request.toString()))
            : CompletableFuture.completedFuture(mischief.answer(request, answer));
      }
    }

    @Override
    public CompletionStage<BareResponse> exchange(BareRequest request) {
      return est.apply(request);
    }

    @Override
    public TrafficMeter.Reading traffic() {
      return meter.read();
    }
  }

  private ResponsePrimitive remembered(FakeProviderSession session, RequestPrimitive request) {
    String key = session.credential() + " " + request.requestId();
    return request.operation() == Operation.CREATE
        ? answers.computeIfAbsent(key, k -> answer(session, request))
        : answer(session, request);
  }

  private ResponsePrimitive answer(FakeProviderSession session, RequestPrimitive request) {
    try {
      return functions.getOrDefault(session.function(), cse).answer(session, request);
    } catch (RefusedException e) {
      return ResponsePrimitive.refused(e, request.requestId());
    }
  }
}
