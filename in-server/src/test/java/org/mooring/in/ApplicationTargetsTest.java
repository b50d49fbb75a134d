// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.app.NewToken;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/**
 * With whom an instance of an application may associate by its Ka: its registrar, and what its
 * token names (TS-0003 clauses 8.8.2.7 and 8.8.2.8).
 */
@Timeout(60)
class ApplicationTargetsTest {
  private static final AppId METER = new AppId("Nmeter");

  @TempDir private Path dataDir;
  private final AdjustableClock clock = new AdjustableClock();
  private RunningServer server;
  private ApplicationHost near;
  private ApplicationHost far;
  private EntityId farAe;

  @BeforeEach
  void start() {
    server = givenServer(dataDir).withClock(clock).withEnrolee("near").withEnrolee("far").started();
    var unused = NodeClient.await(server.in().admin().apps().orElseThrow().register(METER));
    near = host("near");
    far = host("far");
    farAe = EntityId.of(server.enrolee("far").absoluteCsi() + "/Cfar");
  }

  @AfterEach
  void stop() {
    near.node().close();
    far.node().close();
    server.close();
  }

  private ApplicationHost host(String name) {
    NodeClient client = server.node(name);
    return new ApplicationHost(
        client, client.authenticated(client.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
  }

  private ApplicationToken token(String node, List<EntityId> targets) {
    NewToken wanted =
        new NewToken(
            METER,
            Optional.empty(),
            clock.instant().plus(Duration.ofDays(30)),
            List.of(new AllowedNode(server.enrolee(node).csi().value())),
            new ApprovedServices(List.of(), Optional.empty(), targets, CredentialShare.NONE),
            new InstanceCaps(10, 10));
    Attributes issued =
        NodeClient.await(server.in().admin().apps().orElseThrow().issueToken(wanted));
    return ApplicationToken.read(issued.text("token").orElseThrow());
  }

  private SecureEndpoint atMaf(ApplicationHost host, PskCredential ka) {
    SecureEndpoint maf = host.node().atMaf(ka);
    host.node().register(maf, MAF);
    return maf;
  }

  private static ResponsePrimitive askedFor(SecureEndpoint maf, EntityId target) {
    return send(
        maf, NodeClient.keyRegistration(MAF, KeyUsage.DISTRIBUTED_FOR_ASSOCIATION, target.value()));
  }

  private static ResponsePrimitive retrieved(SecureEndpoint maf, RelativeKeyId key) {
    return send(
        maf, request(Operation.RETRIEVE, TrustResourceNames.below(MAF, key.value())).build());
  }

  @Test
  void twoInstancesOnDifferentNodesShareAKeyThatTheMafDistributed() {
    PskCredential nearKa = near.associated(token("near", List.of(farAe.spRelative())), "Cnear");
    PskCredential farKa = far.associated(token("far", List.of()), "Cfar");
    SecureEndpoint nearMaf = atMaf(near, nearKa);

    Attributes registered = attributes(askedFor(nearMaf, farAe));

    assertThat(registered.texts("tgis")).containsExactly(farAe.value());
    RelativeKeyId id = new RelativeKeyId(registered.text("ri").orElseThrow());
    Attributes retrieved = attributes(retrieved(atMaf(far, farKa), id));
    assertThat(retrieved.octets("kv"))
        .contains(NodeClient.session(nearMaf).export(ExporterLabel.CONNECTION).key().toByteArray());
    assertThat(retrieved.text("cr")).contains(server.enrolee("near").absoluteCsi() + "/Cnear");
  }

  @Test
  void theKeyIsNobodyElsesAndOpensNothingAtTheCse() {
    PskCredential ka = near.associated(token("near", List.of(farAe)), "Cnear");
    SecureEndpoint maf = atMaf(near, ka);
    Attributes registered = attributes(askedFor(maf, farAe));
    RelativeKeyId id = new RelativeKeyId(registered.text("ri").orElseThrow());

    assertThat(retrieved(far.atMaf(), id).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(retrieved(maf, id).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    PskCredential kc =
        new PskCredential(
            id.at(MAF), NodeClient.session(maf).export(ExporterLabel.CONNECTION).key());
    try (SecureEndpoint cse = near.node().atCse(kc)) {
      assertThat(cse.connect()).failsWithin(Duration.ofSeconds(20));
    }
  }

  @Test
  void anInstanceRegistersWhereItsNodeDoes() {
    server.enrol(
        "below", EnrolmentPath.MAF, Attributes.builder().put("registrar", "/gateway").build());
    ApplicationHost host = host("below");
    PskCredential ka = host.associated(token("below", List.of()), "Cbelow");

    assertThat(askedFor(atMaf(host, ka), EntityId.of(RunningServer.SP + "/gateway")).status())
        .isEqualTo(ResponseStatusCode.CREATED);
    assertThat(askedFor(atMaf(host, ka), EntityId.of(RunningServer.SP + "/id-in")).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    host.node().close();
  }

  @Test
  void whatTheTokenDoesNotNameIsRefused() {
    PskCredential ka = near.associated(token("near", List.of()), "Cnear");

    assertThat(askedFor(atMaf(near, ka), farAe).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(askedFor(near.atMaf(), farAe).status())
        .as("the node itself")
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }
}
