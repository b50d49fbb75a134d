// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.MethodOrder;
import org.mooring.in.InServer;
import org.mooring.in.ServeSettings;
import org.mooring.in.ZnSettings;
import org.mooring.in.admin.EnroleeOrder;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.dns.DnsSettings;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.MethodPolicy;
import org.mooring.in.mef.ReEnrolment;
import org.mooring.in.provider.CoapMode;
import org.mooring.in.provider.ServerRole;
import org.mooring.in.provider.ServiceProvider;

/** An IN server on free ports over a folder of its own, and clients that speak to it. */
public final class RunningServer implements AutoCloseable {
  public static final SpId SP = SpId.parse("//sp.example.org");
  public static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  public static final Fqdn MAF = new Fqdn("maf.sp.example.org");
  public static final CseId IN_CSE = new CseId("//sp.example.org/id-in");
  public static final Fqdn CSE = new Fqdn("id-in.sp.example.org");

  /** Short waits: a handshake that is refused in silence costs each test this long. */
  public static final EndpointTimers TIMERS =
      new EndpointTimers(Duration.ofSeconds(2), 1, Duration.ofMillis(500), 1);

  private static final int AUDITED = 1000;

  private final InServer server;
  private final AtomicInteger honest = new AtomicInteger();
  private final Path dataDir;
  private final SecureEndpointFactory endpoints;
  private final Map<String, Enrolee> enrolees = new HashMap<>();

  private RunningServer(InServer server, Path dataDir) {
    this.server = server;
    this.dataDir = dataDir;
    this.endpoints = DtlsEndpointFactory.create(TIMERS);
  }

  /**
   * A node as its factory made it.
   *
   * @param csi the CSE-ID assigned to it, SP-relative
   */
  public record Enrolee(KeyIdentifier id, SecretKeyBytes key, CseId csi) {
    public PskCredential credential() {
      return new PskCredential(id, key);
    }

    public CseId absoluteCsi() {
      return csi.absolute(SP);
    }
  }

  public static Given givenServer(Path dataDir) {
    return new Given(dataDir);
  }

  /** What stands before the server is started. */
  public static final class Given {
    private final Path dataDir;
    private final Map<String, EnrolmentPath> nodes = new HashMap<>();
    private Duration enrolment = Duration.ofDays(365);
    private Duration master = Duration.ofDays(90);
    private Duration association = Duration.ofDays(7);
    private CoapMode mode = CoapMode.DISCOVERY;
    private InstantSource clock = InstantSource.system();
    private Optional<ServeSettings.Certificates> certificates = Optional.empty();
    private OptionalInt ubPort = OptionalInt.empty();
    private MethodPolicy methods = MethodPolicy.DEFAULT;
    private ZnSettings zn = ZnSettings.NONE;
    private Optional<DnsSettings> dns = Optional.empty();

    private Given(Path dataDir) {
      this.dataDir = dataDir;
    }

    public Given withEnrolee(String name) {
      nodes.put(name, EnrolmentPath.MAF);
      return this;
    }

    public Given withDirectEnrolee(String name) {
      nodes.put(name, EnrolmentPath.DIRECT);
      return this;
    }

    public Given withLifetimes(Duration ke, Duration km, Duration kc) {
      enrolment = ke;
      master = km;
      association = kc;
      return this;
    }

    /** Has the server read its time from another clock. */
    public Given withClock(InstantSource other) {
      clock = other;
      return this;
    }

    public Given withCertificates(ServeSettings.Certificates own) {
      certificates = Optional.of(own);
      return this;
    }

    /** Has nodes with a USIM bootstrap on a free port. */
    public Given withUb() {
      ubPort = OptionalInt.of(0);
      return this;
    }

    /** Has nodes enrol by these methods alone, the preferred one first. */
    public Given withMethods(String list) {
      methods = new MethodPolicy(MethodOrder.parse(list));
      return this;
    }

    /** Has it ask an operator's BSF for keys, or give those of its own to others. */
    public Given withZn(ZnSettings settings) {
      zn = settings;
      return this;
    }

    /** Has it tell a DNS server the names of CSEs. */
    public Given withDns(DnsSettings settings) {
      dns = Optional.of(settings);
      return this;
    }

    public Given openCoap() {
      mode = CoapMode.OPEN;
      return this;
    }

    public RunningServer started() {
      ServiceProvider provider =
          new ServiceProvider(
              SP,
              MEF,
              MAF,
              IN_CSE.spRelative(),
              "cse-in",
              List.of(),
              new ServiceProvider.Lifetimes(enrolment, master, association));
      ServeSettings settings =
          new ServeSettings(
              dataDir,
              0,
              0,
              0,
              mode,
              provider,
              ReEnrolment.ALWAYS,
              "",
              new EndpointTimers(Duration.ofSeconds(2), 2, Duration.ofSeconds(1), 1),
              ServeSettings.DEFAULT_MAX_BODY_BYTES,
              false,
              certificates,
              ubPort,
              methods,
              Set.of(ServerRole.values()),
              zn,
              CseEndpoint.DEFAULT_ANNOUNCED_AES,
              dns);
      RunningServer running = new RunningServer(InServer.start(settings, clock), dataDir);
      nodes.forEach(running::enrol);
      return running;
    }
  }

  private void enrol(String name, EnrolmentPath path) {
    enrol(name, path, Attributes.NONE);
  }

  /**
   * Enrols one more node.
   *
   * @param more members of the order
   */
  public void enrol(String name, EnrolmentPath path, Attributes more) {
    Attributes order = Attributes.builder().put("path", path.text()).putAll(more).build();
    enrolees.put(name, add(FactoryKey.KPM, new KeyIdentifier(name, MEF), order));
  }

  private Enrolee add(FactoryKey kind, KeyIdentifier id, Attributes more) {
    SecretKeyBytes key = SecretKeyBytes.random();
    Attributes order =
        Attributes.builder()
            .put(kind.idText(), id.toString())
            .put(kind.text(), KeyText.hex(key))
            .putAll(more)
            .build();
    Attributes added = NodeClient.await(server.admin().addEnrolee(EnroleeOrder.read(order)));
    return new Enrolee(id, key, new CseId(added.text("csi").orElseThrow()));
  }

  /** A node, played step by step, that came with a key that is shared with the MAF or the CSE. */
  public NodeClient preProvisioned(FactoryKey kind, KeyIdentifier id) {
    return new NodeClient(this, add(kind, id, Attributes.NONE));
  }

  /** A device of a group with the key that its factory derived, whether it claimed or not. */
  public NodeClient device(GroupDevice device, SecretKeyBytes groupKey) {
    SecretKeyBytes kpm = KeyLadder.groupDevice(groupKey, device);
    return new NodeClient(this, new Enrolee(device.kpmId(MEF), kpm, new CseId("/none")));
  }

  /** A node with a USIM, played step by step. */
  public UbNode withUsim(String user) {
    return withUsim(user, Attributes.NONE);
  }

  /**
   * The same, with more about the enrolee.
   *
   * @param more members of the order
   */
  public UbNode withUsim(String user, Attributes more) {
    Impi impi = Impi.parse(user + "@ims.mnc001.mcc001.3gppnetwork.org");
    SubscriberKey key = SubscriberKey.random();
    Attributes order =
        Attributes.builder()
            .put("impi", impi.toString())
            .put("usimK", KeyText.hex(key.k()))
            .put("usimOpc", KeyText.hex(key.opc()))
            .putAll(more)
            .build();
    Attributes added = NodeClient.await(server.admin().addEnrolee(EnroleeOrder.read(order)));
    CseId csi = new CseId(added.text("csi").orElseThrow());
    return new UbNode(this, new Enrolee(impi.identifier(), key.k(), csi), key);
  }

  /** A node, played step by step, whose keys the test has. */
  public NodeClient client(Enrolee enrolee) {
    return new NodeClient(this, enrolee);
  }

  /** Where functions of others ask the BSF. */
  public InetSocketAddress zn() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().zn());
  }

  /** The port of Ub. */
  public InetSocketAddress ub() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().ub());
  }

  /** Adds a node while the server runs. */
  public Enrolee enrolled(String name) {
    enrol(name, EnrolmentPath.MAF);
    return enrolee(name);
  }

  /**
   * Adds a node while the server runs.
   *
   * @param more members of the order
   */
  public Enrolee enrolled(String name, Attributes more) {
    enrol(name, EnrolmentPath.MAF, more);
    return enrolee(name);
  }

  /** Adds a node whose bootstrapping ends at a time. */
  public Enrolee enrolledUntil(String name, Instant end) {
    enrol(name, EnrolmentPath.MAF, Attributes.builder().put("expires", end.toString()).build());
    return enrolee(name);
  }

  /** Adds a node whose subscription ends at a time. */
  public Enrolee subscribedUntil(String name, Instant end) {
    enrol(name, EnrolmentPath.MAF, Attributes.builder().put("until", end.toString()).build());
    return enrolee(name);
  }

  /** Adds a node that is known by its CSE-ID's certificate. */
  public void enrolledWithCertificate(String csi) {
    var unused =
        NodeClient.await(
            server
                .admin()
                .addEnrolee(
                    EnroleeOrder.read(
                        Attributes.builder()
                            .put("method", "certificate")
                            .put("csi", csi)
                            .build())));
  }

  public Enrolee enrolee(String name) {
    return Objects.requireNonNull(enrolees.get(name));
  }

  /** Plays the named node step by step. */
  public NodeClient node(String name) {
    return new NodeClient(this, enrolee(name));
  }

  public InServer in() {
    return server;
  }

  public Path dataDir() {
    return dataDir;
  }

  /** An endpoint toward the coaps port that names the given function. */
  public SecureEndpoint open(Fqdn serverName, EndpointCredential credential) {
    return endpoints.open(coaps(), serverName, credential);
  }

  /** A client below the primitives, toward the coaps port. */
  public WireClient wire(Fqdn serverName, PskCredential credential) {
    return WireClient.secure(coaps(), serverName, credential);
  }

  /** A client below the primitives, toward the plain port. */
  public WireClient plainWire() {
    return WireClient.plain(coap());
  }

  /** Everything that stands in the database now. */
  public StoredRows stored() {
    return StoredRows.read(dataDir);
  }

  /** The reasons in the audit log for which handshakes of the identity failed, oldest first. */
  public List<String> handshakeFailures(String identity) {
    return NodeClient.await(server.admin().audit(AUDITED)).stream()
        .filter(entry -> entry.text("action").equals(Optional.of("HANDSHAKE_FAILED")))
        .filter(entry -> entry.text("subject").equals(Optional.of(identity)))
        .map(entry -> entry.members("detail").orElseThrow().text("reason").orElseThrow())
        .toList();
  }

  /** Whether the audit log has an entry of this kind that has to do with the subject. */
  public boolean hasAudited(AuditAction action, String subject) {
    return NodeClient.await(server.admin().audit(AUDITED)).stream()
        .filter(entry -> entry.text("action").equals(Optional.of(action.name())))
        .anyMatch(entry -> entry.text("subject").orElseThrow().contains(subject));
  }

  /** How many sessions stand. */
  public long sessions() {
    return NodeClient.await(server.admin().status()).whole("sessions").orElseThrow();
  }

  /** What the operator sees of the credentials of a node: their status by identity. */
  public Map<String, String> credentials(Enrolee enrolee) {
    Map<String, String> found = new HashMap<>();
    keys(enrolee).forEach(key -> found.put(text(key, "identity"), text(key, "status")));
    return found;
  }

  /** When a credential of a node ends, as the operator sees it. */
  public Instant endOf(Enrolee enrolee, PskCredential credential) {
    return keys(enrolee).stream()
        .filter(key -> text(key, "identity").equals(credential.identity().toString()))
        .map(key -> Instant.parse(text(key, "expires")))
        .findFirst()
        .orElseThrow();
  }

  private List<Attributes> keys(Enrolee enrolee) {
    Attributes shown = NodeClient.await(server.admin().showEnrolee(enrolee.id()));
    AttributeValue.Items keys = (AttributeValue.Items) shown.get("keys").orElseThrow();
    return keys.values().stream().map(key -> ((AttributeValue.Members) key).attributes()).toList();
  }

  private static String text(Attributes document, String member) {
    return document.text(member).orElseThrow();
  }

  /** Proves that the server serves: a node that never came before is registered at the MEF. */
  public void serves() {
    String name = "honest-" + honest.incrementAndGet();
    enrol(name, EnrolmentPath.MAF);
    try (NodeClient node = node(name)) {
      node.register(node.atMef(), MEF);
    }
  }

  public InetSocketAddress coaps() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().coaps());
  }

  public InetSocketAddress coap() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.ports().coap());
  }

  @Override
  public void close() {
    endpoints.close();
    server.close();
  }
}
