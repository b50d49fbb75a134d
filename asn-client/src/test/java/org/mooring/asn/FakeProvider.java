// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
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
import org.mooring.asn.command.ScriptedMef;
import org.mooring.common.dtls.BareRequest;
import org.mooring.common.dtls.BareResponse;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.TrustResourceNames;

/**
 * MEF, MAF and IN-CSE without a network: sessions are objects, keys are compared, and a test says
 * what goes wrong.
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
  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKeyBytes> keys = new HashMap<>();
  private final Map<String, ResponsePrimitive> answers = new HashMap<>();

  /** Km by the identifiers of the association keys that came from it. */
  private final Map<KeyIdentifier, SecretKeyBytes> masters = new HashMap<>();

  private boolean remoteCse;

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
    keys.put(mef + " " + kpmId, kpm);
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
    keys.put(function + " " + identity, key);
  }

  /** Knows the name in a certificate, or a public key, of a node. */
  synchronized void trust(KeyIdentifier identity) {
    provision(mef, identity, SecretKeyBytes.random());
  }

  /** Forgets a credential, as after a revocation. */
  synchronized void forget(Fqdn function, KeyIdentifier identity) {
    keys.remove(function + " " + identity);
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
    return remoteCse;
  }

  synchronized void dropRemoteCse() {
    remoteCse = false;
  }

  synchronized boolean knows(Fqdn function, KeyIdentifier identity) {
    return keys.containsKey(function + " " + identity);
  }

  @Override
  public SecureEndpoint open(InetSocketAddress server, Fqdn name, EndpointCredential credential) {
    return new Endpoint(name, credential);
  }

  @Override
  public void close() {}

  private final class Endpoint implements SecureEndpoint {
    private final Fqdn function;
    private final EndpointCredential credential;
    private final TrafficMeter meter = new TrafficMeter();
    private @Nullable Session session;

    Endpoint(Fqdn function, EndpointCredential credential) {
      this.function = function;
      this.credential = credential;
    }

    @Override
    public void serve(RequestHandler handler) {
      // Nothing is asked of nodes here.
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
      SecretKeyBytes known = keys.get(function + " " + credential.identity());
      return known != null
          && (!(credential instanceof PskCredential psk) || known.equals(psk.key()));
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
        Session made = new Session(credential.identity(), function, resumed);
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
        Session standing = Objects.requireNonNull(session);
        ResponsePrimitive answer =
            mischief
                .refusal(standing.identity, request)
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

    @Override
    public void close() {}
  }

  private ResponsePrimitive remembered(Session session, RequestPrimitive request) {
    String key = session.identity + " " + request.requestId();
    return request.operation() == Operation.CREATE
        ? answers.computeIfAbsent(key, k -> answer(session, request))
        : answer(session, request);
  }

  private ResponsePrimitive answer(Session session, RequestPrimitive request) {
    try {
      if (request.operation() == Operation.DELETE) {
        return deletion(session, request);
      }
      boolean isTrustFunction = session.function.equals(mef) || session.function.equals(maf);
      if (!isTrustFunction) {
        return isForRelay(request) ? relayed(session, request) : atRegistrar(request);
      }
      if (request.to().endsWith("/" + TrustResourceNames.COMMAND_SEGMENT)) {
        return commands.answer(request);
      }
      if (request.resourceType().orElse(0) == TrustResourceNames.APP_ASSOCIATION.code()) {
        SecretKeyBytes km = Objects.requireNonNull(keys.get(maf + " " + session.identity));
        return association(session, km, request);
      }
      return request.resourceType().orElse(0) == TrustResourceNames.SYMM_KEY_REG.code()
          ? keyRegistration(session, request)
          : clientRegistration(session, request);
    } catch (RefusedException e) {
      return ResponsePrimitive.refused(e, request.requestId());
    }
  }

  private ResponsePrimitive deletion(Session session, RequestPrimitive request) {
    if (session.function.equals(registrar)) {
      if (isForRelay(request)) {
        requireRelay();
      } else {
        remoteCse = false;
      }
    }
    return ResponsePrimitive.of(ResponseStatusCode.DELETED, request.requestId());
  }

  private boolean isForRelay(RequestPrimitive request) {
    return request.to().startsWith(TrustResourceNames.baseOf(registrar));
  }

  /** A CSE that relays nothing misses From of a request for a trust function. */
  private void requireRelay() {
    if (!relays) {
      throw Refusal.MISSING_PARAMETER.of("From");
    }
  }

  private ResponsePrimitive relayed(Session session, RequestPrimitive request) {
    requireRelay();
    if (session.resumed) {
      throw Refusal.NEW_HANDSHAKE_NEEDED.of("appAssociation");
    }
    return association(session, Objects.requireNonNull(masters.get(session.identity)), request);
  }

  private ResponsePrimitive association(
      Session session, SecretKeyBytes km, RequestPrimitive request) {
    Attributes given = request.content().orElseThrow().attributes();
    Attributes answer = applications.associate(km, session.channelBinding(), given);
    KeyIdentifier kaId = KeyIdentifier.parse(answer.text("kaid").orElseThrow());
    keys.put(maf + " " + kaId, applications.key(km, given, kaId));
    return ResponsePrimitive.of(
        ResponseStatusCode.CREATED,
        request.requestId(),
        Representation.of(TrustResourceNames.APP_ASSOCIATION.root(), answer));
  }

  private ResponsePrimitive clientRegistration(Session session, RequestPrimitive request) {
    boolean atMef = session.function.equals(mef);
    Attributes.Builder answer =
        Attributes.builder().put("ri", atMef ? "mefreg" : "mafreg").put("et", end()).put("ct", NOW);
    if (atMef) {
      answer.put("ccfg", configuration().toAttributes());
      if (commands.hasMore()) {
        answer.put("ch", List.of("//mef.sp.example.org/-/mefreg/cmd"));
      }
    } else {
      boolean hasKmId = session.identity.issuer().equals(maf);
      KeyIdentifier kmId =
          hasKmId ? session.identity : new KeyIdentifier("km-" + session.identity.relative(), maf);
      SecretKeyBytes km = Objects.requireNonNull(keys.get(maf + " " + session.identity));
      keys.put(maf + " " + kmId, km);
      answer.put("aski", kmId.toString());
      if (request.operation() == Operation.UPDATE) {
        answer.put("aski", session.identity.toString());
      }
    }
    var type = atMef ? TrustResourceNames.MEF_CLIENT_REG : TrustResourceNames.MAF_CLIENT_REG;
    return ResponsePrimitive.of(
        request.operation() == Operation.CREATE
            ? ResponseStatusCode.CREATED
            : ResponseStatusCode.UPDATED,
        request.requestId(),
        Representation.of(type.root(), answer.build()));
  }

  private ResponsePrimitive keyRegistration(Session session, RequestPrimitive request) {
    if (session.resumed || session.used) {
      throw Refusal.NEW_HANDSHAKE_NEEDED.of("symmKeyReg");
    }
    session.used = true;
    Attributes wanted = request.content().orElseThrow().attributes();
    KeyUsage usage = KeyUsage.of(wanted.whole("suid").orElseThrow()).orElseThrow();
    ExportedKey exported = session.exported(session.function.equals(mef) ? "BOOT" : "CONN");
    KeyIdentifier id = exported.id().at(session.function);
    switch (usage) {
      case PROVISIONED_FOR_MAF ->
          keys.put(maf + " " + id, KeyLadder.usageConstrained(exported.key(), usage, maf));
      case PROVISIONED_FOR_ASSOCIATION ->
          keys.put(
              registrar + " " + id, KeyLadder.usageConstrained(exported.key(), usage, registrar));
      default -> {
        EntityId target = EntityId.of(wanted.texts("tgis").get(0));
        keys.put(target.fqdn(configuration().registrar().sp()) + " " + id, exported.key());
        masters.put(id, Objects.requireNonNull(keys.get(maf + " " + session.identity)));
      }
    }
    Attributes answer =
        Attributes.builder()
            .put("ri", exported.id().value())
            .put("et", end())
            .put("ct", NOW)
            .put("suid", usage.suid())
            .put("tgis", wanted.texts("tgis"))
            .build();
    return ResponsePrimitive.of(
        ResponseStatusCode.CREATED, request.requestId(), Representation.of("sec:skr", answer));
  }

  private ResponsePrimitive atRegistrar(RequestPrimitive request) {
    Attributes csr =
        Attributes.builder()
            .put("ri", "csr1")
            .put("rn", "asn-0123456789ab")
            .put("et", end())
            .build();
    boolean own = request.to().equals("/id-in/-/asn-0123456789ab");
    if (request.operation() == Operation.CREATE && request.resourceType().orElse(0) == 16) {
      if (remoteCse) {
        throw Refusal.ALREADY_REGISTERED.of("From");
      }
      remoteCse = true;
      return ResponsePrimitive.of(
          ResponseStatusCode.CREATED, request.requestId(), Representation.of("m2m:csr", csr));
    }
    if (own && !remoteCse) {
      throw Refusal.NO_SUCH_RESOURCE.of("To");
    }
    ResponseStatusCode status =
        request.operation() == Operation.UPDATE
            ? ResponseStatusCode.UPDATED
            : ResponseStatusCode.OK;
    return ResponsePrimitive.of(status, request.requestId(), Representation.of("m2m:csr", csr));
  }

  private Instant end() {
    return NOW.plus(lifetime);
  }

  private final class Session implements SecureSession {
    private final KeyIdentifier identity;
    private final Fqdn function;
    private final boolean resumed;
    private final Map<String, ExportedKey> exports = new HashMap<>();
    private final byte[] binding = SecretKeyBytes.random().toByteArray();
    private boolean used;

    Session(KeyIdentifier identity, Fqdn function, boolean resumed) {
      this.identity = identity;
      this.function = function;
      this.resumed = resumed;
    }

    private ExportedKey exported(String label) {
      return exports.computeIfAbsent(
          label,
          l -> {
            byte[] id = new byte[RelativeKeyId.OCTETS];
            random.nextBytes(id);
            return new ExportedKey(RelativeKeyId.of(id), SecretKeyBytes.random());
          });
    }

    @Override
    public String id() {
      return "fake";
    }

    @Override
    public String clientIdentity() {
      return identity.toString();
    }

    @Override
    public Optional<Fqdn> serverName() {
      return Optional.of(function);
    }

    @Override
    public boolean isResumed() {
      return resumed;
    }

    @Override
    public InetSocketAddress peer() {
      return InetSocketAddress.createUnresolved("fake", 1);
    }

    @Override
    public InetSocketAddress handshakePeer() {
      return peer();
    }

    @Override
    public ExportedKey export(ExporterLabel label) {
      if (resumed) {
        throw new IllegalStateException("resumed");
      }
      return exported(label == ExporterLabel.BOOTSTRAP ? "BOOT" : "CONN");
    }

    @Override
    public byte[] channelBinding() {
      return binding.clone();
    }

    @Override
    public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
      return CompletableFuture.failedFuture(new IllegalStateException("nobody listens"));
    }

    @Override
    public void close() {}
  }
}
