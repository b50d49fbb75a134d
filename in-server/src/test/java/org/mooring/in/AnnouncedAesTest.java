// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.create;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.in.admin.ExplainOrder;
import org.mooring.in.admin.SubscriptionAdmin;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.StoredRows;

/** AEs of a node's own CSE with stems of the provider's, over that node's association. */
class AnnouncedAesTest {
  private static final ResourceName CONTRACT = new ResourceName("contract");
  private static final ResourceName PUMPS = new ResourceName("pumps");

  @Test
  void speakWithTheirStemOnceTheirRegistrarAnnouncedThemAndARuleOfItsNodeLetThem(
      @TempDir Path folder) {
    try (RunningServer server = givenServer(folder).withDirectEnrolee("pump").started();
        NodeClient pump = server.node("pump")) {
      SubscriptionAdmin subscriptions = server.in().admin().serviceSubscriptions();
      NodeClient.await(subscriptions.create(CONTRACT));
      NodeClient.await(
          subscriptions.setRule(
              PUMPS,
              Attributes.builder()
                  .put("apps", List.of("Npump"))
                  .put("aes", List.of("S*"))
                  .build()));
      NodeClient.await(
          subscriptions.link(CONTRACT, Optional.of(pump.enrolee().id()), List.of(PUMPS)));
      SecureEndpoint association = pump.atCse(pump.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
      send(association, pump.registration(pump.remoteCse()).build());
      String csi = pump.enrolee().csi().value();

      ResponsePrimitive announced = announce(association, csi, "Npump");

      assertThat(announced.status().code()).isEqualTo(2001);
      String stem = announced.content().orElseThrow().attributes().text("aei").orElseThrow();
      Attributes container = Attributes.builder().put("rn", "flow").build();
      assertThat(stem).startsWith("S");
      assertThat(
              send(
                      association,
                      create("/id-in/-" + csi, CseResources.CONTAINER.code())
                          .from("/" + stem)
                          .content(Representation.of(CseResources.CONTAINER.root(), container))
                          .build())
                  .status()
                  .code())
          .isEqualTo(2001);

      assertThat(announce(association, csi, "Nother").status().code()).isEqualTo(4126);

      await().until(() -> !refusals(server).isEmpty());
      long entry = refusals(server).get(0).whole("seq").orElseThrow();
      Attributes explained = NodeClient.await(subscriptions.explain(new ExplainOrder.Past(entry)));
      Attributes now = explained.members("now").orElseThrow();
      assertThat(now.text("registrar")).contains(csi);
      assertThat(now.text("reason"))
          .contains("cse-in/pumps: allowedApp-IDs (aai): Nother matches none of Npump");
      assertThat(now.whole("rsc")).hasValue(4126);
    }
  }

  /** Design section 5: requests may be repeated. */
  @Test
  void getOneStemHoweverOftenTheirRegistrarSendsTheSameRequest(@TempDir Path folder) {
    try (RunningServer server = givenServer(folder).withDirectEnrolee("pump").started();
        NodeClient pump = server.node("pump")) {
      SecureEndpoint association = pump.atCse(pump.enrolled(KeyUsage.PROVISIONED_FOR_ASSOCIATION));
      send(association, pump.registration(pump.remoteCse()).build());
      RequestPrimitive asked = announcement(pump.enrolee().csi().value(), "Npump");
      ResponsePrimitive first = send(association, asked);
      String stem = first.content().orElseThrow().attributes().text("ri").orElseThrow();
      StoredRows afterFirst = server.stored();

      assertThat(send(association, asked).content()).isEqualTo(first.content());
      assertThat(server.stored()).isEqualTo(afterFirst);

      Attributes inactive = Attributes.builder().put("lnk", "INACTIVE").build();
      send(
          association,
          NodeClient.request(Operation.UPDATE, "/id-in/" + stem)
              .from(pump.enrolee().csi() + "/" + stem)
              .content(Representation.of(CseResources.AE_ANNC.root(), inactive))
              .build());
      assertThat(send(association, asked).content().orElseThrow().attributes().text("ri"))
          .isNotEqualTo(Optional.of(stem));
    }
  }

  private static ResponsePrimitive announce(SecureEndpoint association, String csi, String app) {
    return send(association, announcement(csi, app));
  }

  private static RequestPrimitive announcement(String csi, String app) {
    String link = csi + "/S";
    Attributes annc = Attributes.builder().put("lnk", link).put("api", app).build();
    return create("/id-in/-", CseResources.AE_ANNC.code())
        .from(link)
        .content(Representation.of(CseResources.AE_ANNC.root(), annc))
        .build();
  }

  private static List<Attributes> refusals(RunningServer server) {
    return NodeClient.await(server.in().admin().audit(100)).stream()
        .filter(entry -> entry.text("action").filter("AE_REGISTRATION_REFUSED"::equals).isPresent())
        .toList();
  }
}
