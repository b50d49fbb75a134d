// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.NodeClient.session;
import static org.mooring.in.scenario.RunningServer.MAF;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.admin.AppAdmin;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.scenario.AdjustableClock;
import org.mooring.in.scenario.AppOperator;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.ApplicationHost.Claim;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** AE Subscription Association (design sections 3 and 4), over real sockets. */
@Timeout(120)
class ApplicationAssociationTest {
  private static final AppId METER = new AppId("Nmeter");
  private static final AppId PUMP = new AppId("Npump");
  private static final AppId VALVE = new AppId("Nvalve");
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  @TempDir private Path dataDir;
  private final AdjustableClock clock = new AdjustableClock();
  private RunningServer server;
  private AppOperator operator;
  private ApplicationHost node;

  @BeforeEach
  void start() {
    server =
        givenServer(dataDir).withClock(clock).withEnrolee("node").withEnrolee("other").started();
    operator = new AppOperator(server, clock);
    operator.registers(METER, PUMP, VALVE);
    node = host("node");
  }

  @AfterEach
  void stop() {
    node.node().close();
    server.close();
  }

  private AppAdmin apps() {
    return operator.apps();
  }

  private ApplicationHost host(String name) {
    NodeClient client = server.node(name);
    return new ApplicationHost(
        client, client.authenticated(client.enrolled(KeyUsage.PROVISIONED_FOR_MAF)));
  }

  private ApplicationToken token(AppId application, String... nodes) {
    return operator.token(application, nodes);
  }

  private String aeId(String node, String instance) {
    return server.enrolee(node).absoluteCsi() + "/" + instance;
  }

  @Test
  @DisplayName(
      "Ka, computed from the token's secret and Km alone, opens what the MAF expects it to")
  void bothSidesDeriveTheSameKey() {
    Claim claim = Claim.of(token(METER, "node"), "C1");
    SecureEndpoint maf = node.atMaf();
    Attributes answer = attributes(send(maf, ApplicationHost.request(maf, claim)));
    assertThat(answer.text("aei")).contains(aeId("node", "C1"));
    assertThat(answer.text("cr")).contains(server.enrolee("node").absoluteCsi().value());

    PskCredential ka = node.key(claim, answer.text("kaid").orElseThrow());
    assertThat(shownInstance(METER).text("aeId")).contains(aeId("node", "C1"));
    SecureEndpoint application = node.node().atMaf(ka);
    Attributes registered = attributes(node.node().register(application, MAF));
    assertThat(registered.text("cr")).contains(aeId("node", "C1"));
    assertThat(registered.text("aski")).isEmpty();
  }

  /** The first instance that the operator is shown. */
  private Attributes shownInstance(AppId application) {
    Attributes shown = NodeClient.await(apps().show(application));
    AttributeValue.Items instances = (AttributeValue.Items) shown.get("instances").orElseThrow();
    return ((AttributeValue.Members) instances.values().get(0)).attributes();
  }

  @Test
  void theLifetimeIsStrictlyBelowThoseOfTheTokenAndOfKm() {
    ApplicationToken token = token(METER, "node");
    PskCredential ka = node.associated(token, "C1");

    Instant end = endOf(ka);
    assertThat(end).isBefore(token.validity().until());
    assertThat(end).isBefore(server.endOf(server.enrolee("node"), node.km()));
  }

  private Instant endOf(PskCredential ka) {
    Attributes shown = attributes(send(node.atMaf(), at(Operation.RETRIEVE, ka)));
    assertThat(shown.text("kaid")).contains(ka.identity().toString());
    return M2mTimestamp.parse(shown.text("et").orElseThrow()).orElseThrow();
  }

  private static RequestPrimitive at(Operation operation, PskCredential ka) {
    return request(operation, TrustResourceNames.below(MAF, ka.identity().relative())).build();
  }

  @Test
  void theSameIdsAreAnsweredTheSameUntilKmIsAnother() {
    ApplicationToken token = token(METER, "node");
    PskCredential first = node.associated(token, "C1");

    assertThat(node.associated(token, "C1").identity()).isEqualTo(first.identity());
    assertThat(node.associated(token, "C2").identity()).isNotEqualTo(first.identity());

    ApplicationHost again = host("node");
    assertThat(again.associated(token, "C1").identity()).isNotEqualTo(first.identity());
    again.node().close();
  }

  @Test
  void anInstanceReachesWhatItMadeThroughItsNodeWithAnAssociationOfItsOwn() {
    SecureEndpoint cse = node.node().atCse(node.node().associated(node.km()));
    send(cse, node.node().registration(node.node().remoteCse()).build());
    String csi = server.enrolee("node").csi().value();
    String below = "/id-in/-" + csi;
    assertCreated(send(cse, container(below, csi + "/C1", "data")));
    assertCreated(send(cse, container(below, csi, "settings")));

    SecureEndpoint own = node.atCse(node.associated(token(METER, "node"), "C1"));

    assertThat(
            send(own, request(Operation.RETRIEVE, below + "/data").from(csi + "/C1").build())
                .status())
        .isEqualTo(ResponseStatusCode.OK);
    assertThat(
            send(own, request(Operation.RETRIEVE, below + "/settings").from(csi + "/C1").build())
                .status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(
            send(own, request(Operation.RETRIEVE, below + "/settings").from(csi).build()).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
  }

  private static RequestPrimitive container(String to, String from, String name) {
    return NodeClient.create(to, CseResources.CONTAINER.code())
        .from(from)
        .content(
            Representation.of(
                CseResources.CONTAINER.root(), Attributes.builder().put("rn", name).build()))
        .build();
  }

  private static void assertCreated(ResponsePrimitive answer) {
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
  }

  @Test
  void aNodeGivesAnInstanceUpAndMayHaveItAgainUnderAnotherKey() {
    ApplicationToken token = token(METER, "node");
    PskCredential ka = node.associated(token, "C1");
    ApplicationHost other = host("other");

    assertThat(send(other.atMaf(), at(Operation.DELETE, ka)).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(send(node.atMaf(), at(Operation.DELETE, ka)).status())
        .isEqualTo(ResponseStatusCode.DELETED);

    assertThat(send(node.atMaf(), at(Operation.RETRIEVE, ka)).status())
        .isEqualTo(ResponseStatusCode.NOT_FOUND);
    assertThat(node.associated(token, "C1").identity()).isNotEqualTo(ka.identity());
    other.node().close();
  }

  @Test
  void givingAnEarlierKeyUpEndsThatOneAlone() {
    ApplicationToken token = token(METER, "node");
    PskCredential earlier = node.associated(token, "C1");
    node.node().register(node.node().atMaf(earlier), MAF);
    ApplicationHost again = host("node");
    PskCredential later = again.associated(token, "C1");

    assertThat(send(again.atMaf(), at(Operation.DELETE, earlier)).status())
        .isEqualTo(ResponseStatusCode.DELETED);

    assertThat(send(again.atMaf(), at(Operation.RETRIEVE, later)).status())
        .isEqualTo(ResponseStatusCode.OK);
    again.node().close();
  }

  @Test
  void anAppInstIdStaysTheApplicationsThatHadItFirst() {
    PskCredential ka = node.associated(token(METER, "node"), "C1");
    send(node.atMaf(), at(Operation.DELETE, ka));
    SecureEndpoint maf = node.atMaf();

    ResponsePrimitive answer =
        send(maf, ApplicationHost.request(maf, Claim.of(token(PUMP, "node"), "C1")));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CONFLICT);
  }

  @Test
  void aTokenTakesTheKeysWithItThatWereGivenUnderItWhateverCameSince() {
    ApplicationToken leaked = token(METER, "node");
    PskCredential ka = node.associated(leaked, "C1");
    PskCredential later = node.associated(token(METER, "node"), "C1");

    var unused = NodeClient.await(apps().revokeToken(leaked.id(), "leaked"));

    assertThat(opens(ka)).isFalse();
    assertThat(opens(later)).isTrue();
  }

  @Test
  void aRevokedNodeTakesTheKeysOfItsApplicationsWithItThoughItGaveTheirParentUp() {
    PskCredential ka = node.associated(token(METER, "node"), "C1");
    String keId = keId("node");
    assertThat(
            send(
                    node.node().atMef(),
                    request(Operation.DELETE, TrustResourceNames.below(MEF, keId)).build())
                .status())
        .isEqualTo(ResponseStatusCode.DELETED);

    var unused =
        NodeClient.await(
            server.in().admin().revokeEnrolee(server.enrolee("node").id(), "compromised"));

    assertThat(opens(ka)).isFalse();
  }

  private String keId(String name) {
    RunningServer.Enrolee enrolee = server.enrolee(name);
    return server.credentials(enrolee).keySet().stream()
        .map(KeyIdentifier::parse)
        .filter(id -> id.issuer().equals(MEF) && !id.equals(enrolee.id()))
        .findFirst()
        .orElseThrow()
        .relative();
  }

  @Test
  void theKeysOfApplicationsEndWithTheSubscriptionOfTheirNodeThoughItsKmIsFromTheFactory() {
    KeyIdentifier kmId = KeyIdentifier.parse("pump@maf.sp.example.org");
    try (NodeClient pump = server.preProvisioned(FactoryKey.KM, kmId)) {
      ApplicationHost host = new ApplicationHost(pump, pump.enrolee().credential());
      PskCredential ka =
          host.associated(
              operator.token(METER, Optional.empty(), List.of(pump.enrolee().csi().value())), "C1");
      assertThat(opens(ka)).isTrue();

      var unused = NodeClient.await(server.in().admin().endEnrolee(kmId));

      assertThat(opens(ka)).isFalse();
    }
  }

  /** Whether a key opens a session with the MAF now. */
  private boolean opens(PskCredential ka) {
    try (SecureEndpoint maf = node.node().atMaf(ka)) {
      return maf.connect().toCompletableFuture().handle((done, failure) -> failure == null).join();
    }
  }

  @Test
  void whatDoesNotProveATokenInItsOwnSessionIsRefusedAndRecorded() {
    ApplicationToken token = token(METER, "node");
    ApplicationToken strangers = token(PUMP, "node");
    ApplicationToken elsewhere = token(METER, "other");
    ApplicationToken later =
        operator.token(
            METER,
            Optional.of(clock.instant().plus(AppOperator.LIFE.dividedBy(2))),
            operator.namesOf("node"));
    SecureEndpoint maf = node.atMaf();
    Claim good = Claim.of(token, "C1");
    byte[] ofAnotherSession = good.proof(session(node.atMaf()).channelBinding());
    byte[] ofAnotherInstance = Claim.of(token, "C2").proof(session(maf).channelBinding());

    assertRefused(send(maf, ApplicationHost.request(maf, forged(token))), "the proof does not fit");
    assertRefused(
        send(
            maf,
            ApplicationHost.request(
                maf, new Claim(METER, "C1", strangers.id(), strangers.secret()))),
        "the token is of another App-ID");
    assertRefused(
        send(maf, ApplicationHost.request(maf, Claim.of(elsewhere, "C1"))),
        "the token does not name this node");
    assertRefused(
        send(maf, ApplicationHost.request(maf, Claim.of(later, "C1"))),
        "the token is not valid yet");
    assertRefused(
        send(maf, ApplicationHost.request(good, ofAnotherSession)), "the proof does not fit");
    assertRefused(
        send(maf, ApplicationHost.request(good, ofAnotherInstance)), "the proof does not fit");

    assertCreated(send(maf, ApplicationHost.request(maf, good)));
    clock.advance(AppOperator.LIFE);
    SecureEndpoint tooLate = host("node").atMaf();
    assertRefused(send(tooLate, ApplicationHost.request(tooLate, good)), "the token expired");
  }

  /** With the id of one that was issued, and a secret made up. */
  private static Claim forged(ApplicationToken token) {
    return new Claim(token.application(), "C1", token.id(), SecretKeyBytes.random());
  }

  private void assertRefused(ResponsePrimitive answer, String reason) {
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    await().untilAsserted(() -> assertThat(operator.lastRefusal()).startsWith(reason));
  }

  @Test
  void theProviderKnowsNoAppIdOfThisTokenToAnybodyWithoutItsSecret() {
    ApplicationToken token = token(METER, "node");
    SecureEndpoint maf = node.atMaf();
    List<Claim> guesses =
        List.of(
            forged(token),
            new Claim(new AppId("Nnothing"), "C1", token.id(), SecretKeyBytes.random()),
            new Claim(METER, "C1", new TokenId("guess", MAF), SecretKeyBytes.random()));

    assertThat(guesses)
        .extracting(guess -> send(maf, ApplicationHost.request(maf, guess)))
        .extracting(answer -> answer.status() + " " + answer.debugInfo())
        .containsOnly(
            send(maf, ApplicationHost.request(maf, forged(token))).status()
                + " "
                + send(maf, ApplicationHost.request(maf, forged(token))).debugInfo());
  }

  @Test
  @DisplayName(
      "Seed 000: the AE is added to the subscription of its CSE, once, with what its token approves")
  void anAssociationAddsTheAeToTheSubscriptionOfItsCse() {
    ApplicationToken token = token(METER, "node");
    PskCredential ka = node.associated(token, "C1");
    List<Attributes> rules = rules("node");

    assertThat(rules).hasSize(1);
    Attributes rule = rules.get(0);
    assertThat(rule.texts("credentials")).containsExactly("11-" + ka.identity());
    assertThat(rule.texts("apps")).containsExactly(METER.value());
    assertThat(rule.texts("aes")).containsExactly("C1");
    assertThat(rule.text("source")).contains("association");
    assertThat(rule.text("registrar")).contains(server.enrolee("node").csi().value());
    assertThat(rule.text("token")).contains(token.id().toString());

    node.associated(token, "C1");
    assertThat(rules("node")).isEqualTo(rules);
    assertThat(rules("other")).isEmpty();
  }

  @Test
  @DisplayName("The rule of an instance goes in the commit of whatever ends it, and no other goes")
  void theRuleGoesWithTheInstanceItsTokenItsApplicationOrItsNode() {
    ApplicationToken pumps = token(PUMP, "node");
    PskCredential givenUp = node.associated(token(METER, "node"), "C1");
    node.associated(token(METER, "node"), "C2");
    node.associated(token(VALVE, "node"), "C3");
    node.associated(pumps, "C4");
    PskCredential byKey = node.associated(token(METER, "node"), "C5");
    node.associated(token(METER, "node"), "C6");
    assertThat(registrants("node")).containsExactly("C1", "C2", "C3", "C4", "C5", "C6");

    send(node.atMaf(), at(Operation.DELETE, givenUp));
    assertThat(registrants("node")).containsExactly("C2", "C3", "C4", "C5", "C6");
    NodeClient.await(
        apps()
            .revokeInstance(
                METER, new AppInstanceId("C2"), server.enrolee("node").csi(), "taken apart"));
    assertThat(registrants("node")).containsExactly("C3", "C4", "C5", "C6");
    NodeClient.await(apps().revoke(VALVE, "withdrawn"));
    assertThat(registrants("node")).containsExactly("C4", "C5", "C6");
    NodeClient.await(apps().revokeToken(pumps.id(), "leaked"));
    assertThat(registrants("node")).containsExactly("C5", "C6");
    NodeClient.await(server.in().admin().revokeKey(byKey.identity(), "lost"));
    assertThat(registrants("node")).containsExactly("C6");
    NodeClient.await(server.in().admin().revokeEnrolee(server.enrolee("node").id(), "stolen"));
    assertThat(registrants("node")).isEmpty();
    assertThat(subscriptions("node", "profiles")).isEmpty();
    assertThat(subscriptions("other", "profiles")).hasSize(1);
  }

  private List<String> registrants(String name) {
    return rules(name).stream().flatMap(rule -> rule.texts("aes").stream()).toList();
  }

  private List<Attributes> rules(String name) {
    return subscriptions(name, "rules");
  }

  private List<Attributes> subscriptions(String name, String list) {
    Attributes all =
        NodeClient.await(
            server.in().admin().serviceSubscriptions().list(server.enrolee(name).id()));
    return ((AttributeValue.Items) all.get(list).orElseThrow())
        .values().stream().map(one -> ((AttributeValue.Members) one).attributes()).toList();
  }

  @Test
  @DisplayName("Two nodes, three applications, ten instances: only what should stop stops")
  void revocationEndsWhatItNamesAndNothingElse() {
    ApplicationHost other = host("other");
    List<Running> all = new ArrayList<>();
    for (AppId app : List.of(METER, PUMP, VALVE)) {
      ApplicationToken token = token(app, "node", "other");
      for (ApplicationHost host : List.of(node, other)) {
        all.add(running(host, token, app, "C" + app.value().substring(1)));
      }
    }
    ApplicationToken meters = token(METER, "node", "other");
    for (String more : List.of("C1", "C2")) {
      all.add(running(node, meters, METER, more));
      all.add(running(other, meters, METER, more));
    }
    assertThat(all).hasSize(10).allMatch(Running::isServed);

    stops(
        all,
        running -> running.host() == node && running.instance().equals("C1"),
        0,
        () ->
            NodeClient.await(
                apps()
                    .revokeInstance(
                        METER,
                        new AppInstanceId("C1"),
                        server.enrolee("node").csi(),
                        "taken apart")));
    stops(
        all,
        running -> running.application().equals(PUMP),
        0,
        () -> NodeClient.await(apps().revoke(PUMP, "withdrawn")));
    // What the nodes have open themselves is the same for both.
    long ofEachNode = (server.sessions() - (long) all.size() * Running.SESSIONS) / 2;
    stops(
        all,
        running -> running.host() == other,
        ofEachNode,
        () ->
            NodeClient.await(
                server.in().admin().revokeEnrolee(server.enrolee("other").id(), "stolen")));
    other.node().close();
  }

  private static Running running(
      ApplicationHost host, ApplicationToken token, AppId application, String instance) {
    PskCredential ka = host.associated(token, instance);
    return new Running(host, application, instance, host.atCse(ka));
  }

  /** An instance with an association of its own. */
  private record Running(
      ApplicationHost host, AppId application, String instance, SecureEndpoint cse) {
    /** Two with the MAF and one with the IN-CSE. */
    static final int SESSIONS = 3;

    boolean isServed() {
      return send(cse, request(Operation.RETRIEVE, "/id-in/-").from(from()).build()).status()
          == ResponseStatusCode.OK;
    }

    private String from() {
      return host.node().enrolee().csi() + "/" + instance;
    }
  }

  /**
   * @param others sessions that end with them
   */
  private void stops(
      List<Running> all, Predicate<Running> meant, long others, Runnable revocation) {
    List<Running> victims = all.stream().filter(meant).toList();
    long before = server.sessions();
    revocation.run();
    long left = before - (long) victims.size() * Running.SESSIONS - others;
    await().atMost(AT_ONCE).untilAsserted(() -> assertThat(server.sessions()).isEqualTo(left));
    all.removeAll(victims);
    assertThat(all).allMatch(Running::isServed);
    assertThat(server.sessions()).isEqualTo(left);
  }
}
