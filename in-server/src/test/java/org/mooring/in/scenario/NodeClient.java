// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.mooring.common.dtls.EndpointCredential;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ExportedKey;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.scenario.RunningServer.Enrolee;

/** A node played by the test, one step at a time and each from a session of its own. */
public final class NodeClient implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final RunningServer server;
  private final Enrolee enrolee;
  private final List<SecureEndpoint> open = new ArrayList<>();
  private final List<SecretKeyBytes> exported = new ArrayList<>();

  NodeClient(RunningServer server, Enrolee enrolee) {
    this.server = server;
    this.enrolee = enrolee;
  }

  public Enrolee enrolee() {
    return enrolee;
  }

  /** A session with the MEF by the bootstrap credential. */
  public SecureEndpoint atMef() {
    return at(RunningServer.MEF, enrolee.credential());
  }

  public SecureEndpoint atMaf(PskCredential credential) {
    return at(RunningServer.MAF, credential);
  }

  public SecureEndpoint atCse(PskCredential credential) {
    return at(RunningServer.CSE, credential);
  }

  public SecureEndpoint at(Fqdn function, EndpointCredential credential) {
    SecureEndpoint endpoint = server.open(function, credential);
    open.add(endpoint);
    return endpoint;
  }

  /** Bootstraps: the credential for the MAF (usage 21) or for the CSE (usage 22). */
  public PskCredential enrolled(KeyUsage usage) {
    SecureEndpoint mef = atMef();
    register(mef, RunningServer.MEF);
    boolean forMaf = usage == KeyUsage.PROVISIONED_FOR_MAF;
    String target = forMaf ? RunningServer.MAF.value() : RunningServer.IN_CSE.value();
    ExportedKey ke = registerKey(mef, RunningServer.MEF, usage, target);
    KeyIdentifier keId = ke.id().at(RunningServer.MEF);
    Fqdn reader = forMaf ? RunningServer.MAF : RunningServer.CSE;
    return new PskCredential(keId, KeyLadder.usageConstrained(ke.key(), usage, reader));
  }

  /** Authenticates at the MAF: the credential with the KmId that the MAF assigned. */
  public PskCredential authenticated(PskCredential byKeId) {
    ResponsePrimitive registered = register(atMaf(byKeId), RunningServer.MAF);
    String kmId = attributes(registered).text(TrustResourceNames.ASSIGNED_KEY_ID).orElseThrow();
    return new PskCredential(KeyIdentifier.parse(kmId), byKeId.key());
  }

  /** Has the MAF distribute an association key: the credential for the CSE. */
  public PskCredential associated(PskCredential atMaf) {
    ExportedKey kc =
        registerKey(
            atMaf(atMaf),
            RunningServer.MAF,
            KeyUsage.DISTRIBUTED_FOR_ASSOCIATION,
            RunningServer.IN_CSE.value());
    return new PskCredential(kc.id().at(RunningServer.MAF), kc.key());
  }

  /** The whole way on the maf path: the credential of the association. */
  public PskCredential associated() {
    return associated(authenticated(enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
  }

  /**
   * What a node holds once it is associated on the maf path, from the bottom up.
   *
   * @param ke Km under its KeId
   * @param km the same key under its KmId
   */
  public record Ladder(PskCredential kpm, PskCredential ke, PskCredential km, PskCredential kc) {}

  /** The whole way on the maf path, each step kept. */
  public Ladder climbed() {
    PskCredential ke = enrolled(KeyUsage.PROVISIONED_FOR_MAF);
    PskCredential km = authenticated(ke);
    return new Ladder(enrolee.credential(), ke, km, associated(km));
  }

  /** Registers as a client of a function. */
  public ResponsePrimitive register(SecureEndpoint endpoint, Fqdn function) {
    ResponsePrimitive answer = send(endpoint, clientRegistration(function));
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    return answer;
  }

  private ExportedKey registerKey(
      SecureEndpoint endpoint, Fqdn function, KeyUsage usage, String target) {
    ResponsePrimitive answer = send(endpoint, keyRegistration(function, usage, target));
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    ExporterLabel label = usage.isOfMef() ? ExporterLabel.BOOTSTRAP : ExporterLabel.CONNECTION;
    ExportedKey key = session(endpoint).export(label);
    assertThat(attributes(answer).text(TrustResourceNames.RESOURCE_ID)).contains(key.id().value());
    exported.add(key.key());
    return key;
  }

  /** Every key that a session of this node exported. */
  public List<SecretKeyBytes> exportedKeys() {
    return List.copyOf(exported);
  }

  public static RequestPrimitive clientRegistration(Fqdn function) {
    int type =
        function.equals(RunningServer.MEF)
            ? TrustResourceNames.MEF_CLIENT_REG.code()
            : TrustResourceNames.MAF_CLIENT_REG.code();
    String root =
        function.equals(RunningServer.MEF)
            ? TrustResourceNames.MEF_CLIENT_REG.root()
            : TrustResourceNames.MAF_CLIENT_REG.root();
    return create(TrustResourceNames.baseOf(function), type)
        .content(
            Representation.of(
                root,
                Attributes.builder()
                    .put(TrustResourceNames.EXPIRATION_TIME, M2mTimestamp.NEVER)
                    .build()))
        .build();
  }

  public static RequestPrimitive keyRegistration(Fqdn function, KeyUsage usage, String target) {
    return keyRegistration(
        function,
        Attributes.builder()
            .put(TrustResourceNames.EXPIRATION_TIME, M2mTimestamp.NEVER)
            .put(TrustResourceNames.USAGE, usage.suid())
            .put(TrustResourceNames.TARGET_IDS, List.of(target))
            .build());
  }

  public static RequestPrimitive keyRegistration(Fqdn function, Attributes attributes) {
    return create(TrustResourceNames.baseOf(function), TrustResourceNames.SYMM_KEY_REG.code())
        .content(Representation.of(TrustResourceNames.SYMM_KEY_REG.root(), attributes))
        .build();
  }

  /** The node's {@code <remoteCSE>} with its mandatory attributes. */
  public Attributes remoteCse() {
    return Attributes.builder()
        .put("cb", enrolee.csi() + "/cse")
        .put("rr", false)
        .put("srv", List.of("2a", "3"))
        .build();
  }

  public RequestPrimitive.Builder registration(Attributes remoteCse) {
    return registration("/id-in/-", remoteCse);
  }

  /** The same with another CSE than the IN-CSE, by the address of its CSEBase. */
  public RequestPrimitive.Builder registration(String base, Attributes remoteCse) {
    return create(base, CseResources.REMOTE_CSE.code())
        .from(enrolee.csi().value())
        .content(Representation.of(CseResources.REMOTE_CSE.root(), remoteCse));
  }

  public static RequestPrimitive.Builder create(String to, int type) {
    return request(Operation.CREATE, to).resourceType(type);
  }

  public static RequestPrimitive.Builder request(Operation operation, String to) {
    return RequestPrimitive.builder(operation, to, UUID.randomUUID().toString());
  }

  public static Attributes attributes(ResponsePrimitive response) {
    return response.content().orElseThrow().attributes();
  }

  public static ResponsePrimitive send(SecureEndpoint endpoint, RequestPrimitive request) {
    return await(endpoint.send(request));
  }

  public static SecureSession session(SecureEndpoint endpoint) {
    return await(endpoint.connect());
  }

  /** The stage's result, within the test's patience. */
  public static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    open.forEach(SecureEndpoint::close);
  }
}
