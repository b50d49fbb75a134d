// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.CIN;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.REGISTRATION;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourcePolicy;

/**
 * The columns of TS-0004 clause 7.4, a row of a vector file for each rule: the attributes of a
 * request and the status that the whole CSE answers with.
 */
class AttributeRulesTest {
  private static final String VECTORS = "/cse-attribute-rules.json";
  private static final int PROFILE = CseResources.SERVICE_SUBSCRIPTION_PROFILE.code();
  private static final int SUBSCRIBED_NODE = CseResources.SUBSCRIBED_NODE.code();
  private static final int ANNOUNCED_AE = CseResources.AE_ANNC.code();
  private static final String POLICY =
      "{'pv':{'acr':[]},'pvs':{'acr':[{'acor':['all'],'acop':63}]}}";
  private static final Set<Integer> OPERATORS =
      Set.of(PROFILE, SUBSCRIBED_NODE, CseResources.SUBSCRIBED_APP_RULE.code());

  @TempDir static Path folder;
  private static TestCse cse;
  private static int names;

  @BeforeAll
  static void start() {
    cse = new TestCse(folder);
  }

  @AfterAll
  static void stop() {
    cse.close();
  }

  static Stream<Attributes> rows() throws IOException {
    try (InputStream stream = AttributeRulesTest.class.getResourceAsStream(VECTORS)) {
      byte[] bytes = Objects.requireNonNull(stream, VECTORS).readAllBytes();
      Attributes file = ContentCodec.readAttributes(Serialization.JSON, bytes);
      AttributeValue.Items rows = (AttributeValue.Items) file.get("rows").orElseThrow();
      return rows.values().stream()
          .map(row -> ((AttributeValue.Members) row).attributes())
          .toList()
          .stream();
    }
  }

  static Stream<String> labels() throws IOException {
    return rows().map(row -> row.text("rule").orElseThrow());
  }

  @ParameterizedTest(name = "TS-0004 7.4: {0}")
  @MethodSource("labels")
  void row(String rule) throws IOException {
    Attributes row =
        rows()
            .filter(each -> each.text("rule").orElseThrow().equals(rule))
            .findFirst()
            .orElseThrow();

    assertThat(statusOf(row)).isEqualTo((int) row.whole("rsc").orElseThrow());
  }

  @Test
  @DisplayName(
      "TS-0004 7.4: the vectors cover every type with each operation that carries attributes")
  void everyTypeIsCovered() throws IOException {
    Set<String> covered = new LinkedHashSet<>();
    rows()
        .forEach(row -> covered.add(row.whole("ty").orElseThrow() + row.text("op").orElseThrow()));
    for (ResourcePolicy policy : CseResources.table().policies()) {
      for (Operation operation : new Operation[] {Operation.CREATE, Operation.UPDATE}) {
        assertThat(covered).contains(policy.type().code() + operation.name());
      }
    }
  }

  private static int statusOf(Attributes row) {
    int type = (int) row.whole("ty").orElseThrow();
    Attributes given = row.members("given").orElse(Attributes.NONE);
    Throwable refused =
        catchThrowable(() -> send(Operation.valueOf(row.text("op").orElseThrow()), type, given));
    if (refused != null) {
      return TestCse.answer(refused).status().code();
    }
    return row.text("op").orElseThrow().equals("CREATE") ? 2001 : 2004;
  }

  private static TestCse.Party party(int type, String name) {
    if (type == AE) {
      return cse.open("C" + name);
    }
    return OPERATORS.contains(type) ? cse.operator() : cse.associated("/" + name);
  }

  /** A link names its registrar, which is another in each row. */
  private static Attributes linked(Attributes given, String name) {
    return given
        .text("lnk")
        .map(link -> given.toBuilder().put("lnk", link.replace("NAME", name)).build())
        .orElse(given);
  }

  /** Sends the request to a fresh place in the tree, as an originator that may send it. */
  private static void send(Operation operation, int type, Attributes given) {
    String name = "asn-" + ++names;
    TestCse.Party party = party(type, name);
    String parent = "cse-in";
    String mandatory = "{}";
    if (type == CNT || type == CIN || type == ANNOUNCED_AE || type == ACP) {
      party.create("cse-in", CSR, REGISTRATION);
      parent = "cse-in/" + name;
    }
    if (type == CIN) {
      party.container(parent, "data");
      parent += "/data";
      mandatory = "{'con':'1'}";
    } else if (type == SUBSCRIBED_NODE) {
      party.create("cse-in", PROFILE, "{'rn':'" + name + "'}");
      parent = "cse-in/" + name;
      mandatory = "{'ni':'urn:uuid:1'}";
    } else if (type == ACP) {
      mandatory = POLICY;
    } else if (type == CSR) {
      mandatory = REGISTRATION;
    } else if (type == ANNOUNCED_AE) {
      mandatory = "{'lnk':'/" + name + "/S','api':'Npump'}";
    } else if (type == AE) {
      mandatory = APPLICATION;
    }
    Representation content =
        Representation.of(
            CseResources.policy(type).orElseThrow().type().root(), linked(given, name));
    if (operation == Operation.CREATE) {
      party.send(party.request(Operation.CREATE, parent).resourceType(type).content(content));
    } else {
      String target =
          type == CseResources.CSE_BASE.code()
              ? "cse-in"
              : party.create(parent, type, mandatory).text("ri");
      party.send(party.request(operation, target).content(content));
    }
  }
}
