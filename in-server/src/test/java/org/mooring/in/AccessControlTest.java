// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.NodeClient.request;
import static org.mooring.in.scenario.NodeClient.send;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceType;
import org.mooring.in.scenario.NodeClient;

/** Policies and roles over real sockets: a node publishes, an instance on it asks. */
@Timeout(120)
class AccessControlTest extends ApplicationScenario {
  private static final RoleId READER = RoleId.parse("reader@sp.example.org");
  private static final RoleId WRITER = RoleId.parse("writer@sp.example.org");

  private SecureEndpoint cse;
  private SecureEndpoint instance;

  @BeforeEach
  void associate() {
    cse = node.node().atCse(node.node().associated(node.km()));
    send(cse, node.node().registration(node.node().remoteCse()).build());
    instance = node.atCse(node.associated(operator.token(METER, READER, "node"), "C1"));
  }

  @AfterEach
  void leave() {
    instance.close();
    cse.close();
  }

  private String csi() {
    return server.enrolee("node").csi().value();
  }

  /** Below the node's registration. */
  private String below(String path) {
    return "/id-in/cse-in" + csi() + path;
  }

  private ResponsePrimitive create(ResourceType type, String attributes) {
    byte[] json = attributes.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return send(
        cse,
        NodeClient.create(below(""), type.code())
            .from(csi())
            .content(
                Representation.of(
                    type.root(), ContentCodec.readAttributes(Serialization.JSON, json)))
            .build());
  }

  /** Data that a policy with one rule governs. */
  private void givenData(String rule) {
    create(
        CseResources.ACCESS_CONTROL_POLICY,
        "{'rn':'policy','pv':{'acr':["
            + rule
            + "]},'pvs':{'acr':[{'acor':['"
            + csi()
            + "'],'acop':63}]}}");
    assertThat(
            create(
                    CseResources.CONTAINER,
                    "{'rn':'data','acpi':['" + below("/policy").substring(7) + "']}")
                .status())
        .isEqualTo(ResponseStatusCode.CREATED);
  }

  private ResponseStatusCode retrieve(SecureEndpoint association, RoleId... roles) {
    RequestPrimitive request =
        request(Operation.RETRIEVE, below("/data"))
            .from(csi() + "/C1")
            .roles(List.of(roles))
            .build();
    return send(association, request).status();
  }

  @Test
  @DisplayName(
      "TS-0003 7.4: the roles of a token open what a policy has for them, if they are named")
  void roles() {
    givenData("{'acor':['reader@sp.example.org'],'acop':2}");

    assertThat(retrieve(instance, READER)).isEqualTo(ResponseStatusCode.OK);
    assertThat(retrieve(instance)).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    assertThat(retrieve(instance, READER, WRITER))
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Test
  @DisplayName("SEC/ACP/009: an IP range has who is in it and in an association of its own")
  void addresses() {
    givenData(
        "{'acor':['all'],'acop':2,'acco':[{'acip':{'ipv4':['127.0.0.0/8'],'ipv6':['::1']}}]}");

    assertThat(retrieve(instance)).isEqualTo(ResponseStatusCode.OK);
    assertThat(retrieve(cse)).isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Test
  @DisplayName(
      "the audit log has what stood against a request, its originator is told the operation")
  void record() {
    givenData("{'acor':['reader@sp.example.org'],'acop':2}");

    ResponsePrimitive refused =
        send(instance, request(Operation.RETRIEVE, below("/data")).from(csi() + "/C1").build());

    assertThat(refused.content().flatMap(content -> text(content)))
        .hasValueSatisfying(
            told -> assertThat(told).contains("RETRIEVE on <container>").doesNotContain("policy"));
    await()
        .untilAsserted(
            () -> assertThat(recorded()).contains("policy pv, rule 1: acor: //sp.example.org"));
  }

  /** Why access was refused, as far as that is written down. */
  private String recorded() {
    return NodeClient.await(server.in().admin().audit(20)).stream()
        .filter(entry -> entry.text("action").equals(Optional.of("ACCESS_REFUSED")))
        .flatMap(entry -> entry.members("detail").flatMap(detail -> detail.text("reason")).stream())
        .findFirst()
        .orElse("");
  }

  private static Optional<String> text(Representation content) {
    return content.value() instanceof AttributeValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }
}
