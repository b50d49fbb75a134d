// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.MEF;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.scenario.ApplicationHost;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;

/** What ends the keys of applications, and what goes with them, over real sockets. */
@Timeout(120)
class ApplicationEndingsTest extends ApplicationScenario {
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
