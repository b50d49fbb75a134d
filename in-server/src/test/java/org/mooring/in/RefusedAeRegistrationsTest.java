// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.admin.ExplainOrder;
import org.mooring.in.admin.SubscriptionAdmin;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.WireClient;

/** AEs that the service subscription keeps out, over the plain port. */
class RefusedAeRegistrationsTest {
  private static final ResourceName CONTRACT = new ResourceName("contract");
  private static final ResourceName PUMPS = new ResourceName("pumps");

  /** What the audit log takes at once, see {@code HandshakeRecord}. */
  private static final int BURST = 500;

  private RunningServer server;
  private SubscriptionAdmin subscriptions;

  @BeforeEach
  void start(@TempDir Path folder) {
    server = givenServer(folder).openCoap().started();
    subscriptions = server.in().admin().serviceSubscriptions();
    NodeClient.await(subscriptions.create(CONTRACT));
    NodeClient.await(
        subscriptions.setRule(
            PUMPS,
            Attributes.builder().put("apps", List.of("Npump")).put("aes", List.of("C*")).build()));
    NodeClient.await(subscriptions.link(CONTRACT, Optional.empty(), List.of(PUMPS)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static RequestPrimitive.Builder registration(String appId) {
    Attributes ae =
        Attributes.builder().put("api", appId).put("rr", false).put("srv", List.of("3")).build();
    return NodeClient.create("/id-in/-", CseResources.AE.code())
        .from("C")
        .content(Representation.of(CseResources.AE.root(), ae));
  }

  private List<Attributes> refusals() {
    return NodeClient.await(server.in().admin().audit(2 * BURST)).stream()
        .filter(entry -> entry.text("action").filter("AE_REGISTRATION_REFUSED"::equals).isPresent())
        .toList();
  }

  @Test
  void areToldACodeOfTheirReleaseAndNothingOfTheRules() {
    try (WireClient client = server.plainWire()) {
      WireClient.Answer answer = client.send(registration("Nother").build());
      assertThat(answer.statusCode()).isEqualTo(4126);
      assertThat(answer.coapCode()).isEqualTo(403);
      assertThat(answer.text())
          .contains(Refusal.APP_RULE_FAILED.remedy())
          .doesNotContain("pump", "contract");

      RequestPrimitive earlier =
          registration("Nother").releaseVersion(ReleaseVersion.RELEASE_2A).build();
      assertThat(client.send(earlier).statusCode()).isEqualTo(4107);
    }
  }

  @Test
  void areExplainedFromTheEntryInTheAuditLogAlsoAfterTheRulesChanged() {
    try (WireClient client = server.plainWire()) {
      client.send(registration("Nother").build());
    }
    await().until(() -> refusals().size() == 1);
    long entry = refusals().get(0).whole("seq").orElseThrow();
    NodeClient.await(
        subscriptions.setRule(
            PUMPS,
            Attributes.builder().put("apps", List.of("N*")).put("aes", List.of("C*")).build()));

    Attributes explained = NodeClient.await(subscriptions.explain(new ExplainOrder.Past(entry)));

    Attributes recorded = explained.members("recorded").orElseThrow();
    assertThat(recorded.text("reason"))
        .contains("cse-in/pumps: allowedApp-IDs (aai): Nother matches none of Npump");
    assertThat(recorded.whole("rsc")).hasValue(4126);
    Attributes now = explained.members("now").orElseThrow();
    assertThat(now.text("decision")).contains("allowed");
    assertThat(now.text("stem")).contains("C*");
  }

  @Test
  void areExplainedWhereTheStemIsInUse() {
    try (WireClient client = server.plainWire()) {
      assertThat(client.send(registration("Npump").from("Cpump").build()).statusCode())
          .isEqualTo(2001);
      assertThat(client.send(registration("Npump").from("Cpump").build()).statusCode())
          .isEqualTo(4117);
    }
    await().until(() -> refusals().size() == 1);

    Attributes now =
        NodeClient.await(
                subscriptions.explain(
                    new ExplainOrder.Past(refusals().get(0).whole("seq").orElseThrow())))
            .members("now")
            .orElseThrow();

    assertThat(now.whole("rsc")).hasValue(4117);
    assertThat(now.text("reason")).contains("Cpump is registered");
    assertThat(now.text("remedy")).contains(Refusal.ALREADY_REGISTERED.remedy());
  }

  @Test
  void leaveABoundedTraceHoweverManyThereAre() {
    try (WireClient client = server.plainWire()) {
      for (int i = 0; i < BURST + 50; i++) {
        client.send(registration("Nother").build());
      }
    }

    await().until(() -> refusals().size() >= BURST);
    assertThat(refusals()).hasSizeLessThan(BURST + 50);
    server.serves();
  }
}
