// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.assertRefused;
import static org.mooring.in.cse.TestCse.json;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResultContent;

/** What answers with descendants are made from where many of these go by policies. */
class GovernedDescendantsTest extends GovernedDataTest {
  private static final int MOST = 2000;

  /** Some 60,000 octets of labels. */
  private static final String LARGE = ("x".repeat(250) + "','").repeat(240) + "x";

  private TestCse.Party other;

  /** An AE that has its {@code <AE>} go by a policy, so that all look below it. */
  @BeforeEach
  void registerOther() {
    other = cse.associatedAe("/Sother");
    other.create("cse-in", AE, APPLICATION.replace("}", ",'rn':'other'}"));
  }

  /** Puts many containers below the other's, which goes by the policy as they do. */
  private void govern(int containers, String policy, String label) {
    other.update("Sother", AE, "{'acpi':['" + policy + "']}");
    cse.write(
        tx -> {
          ResourceRepository resources = tx.resources();
          Resource parent = resources.byId("Sother").orElseThrow();
          for (int i = 0; i < containers; i++) {
            resources.insert(
                new Resource(
                    "c" + i,
                    CNT,
                    new Resource.Place("Sother", "c" + i, parent.path() + "/c" + i),
                    parent.provenance(),
                    json("{'acpi':['" + policy + "'],'lbl':['" + label + "']}"),
                    0,
                    0,
                    parent.times()));
          }
          return true;
        });
  }

  /** A policy below an AE's own resource, as its resourceID. */
  private static String policyBelow(
      TestCse.Party ae, String stem, String privileges, String label) {
    return ae.create(stem, ACP, attributes(privileges, label)).text("ri");
  }

  private static String attributes(String privileges, String label) {
    return "{'lbl':['"
        + label
        + "'],'pv':"
        + rules(privileges)
        + ",'pvs':"
        + rules(rule("/asn-1", ALL))
        + "}";
  }

  /** A policy of the provider's, as its resourceID. */
  private String operatorsPolicy(String privileges, String label) {
    return cse.operator().create("cse-in", ACP, attributes(privileges, label)).text("ri");
  }

  private static List<String> references(TestCse.Party party, String to) {
    Attributes answer =
        party
            .send(
                party.request(Operation.RETRIEVE, to).resultContent(ResultContent.CHILD_REFERENCES))
            .attributes();
    return ((AttributeValue.Items) answer.get("rrf").orElseThrow())
        .values().stream()
            .map(one -> ((AttributeValue.Members) one).attributes().text("val").orElseThrow())
            .toList();
  }

  @Test
  @DisplayName("Many resources that go by another's policies spoil no answer at a common ancestor")
  void manyOfOthers() {
    govern(MOST + 1, policyBelow(other, "Sother", rule("Sother", ALL), "few"), "x".repeat(1000));
    node.container(NODE, "data");

    assertThat(references(node, "cse-in")).containsExactly(NODE, DATA);
    assertThat(references(reader, "cse-in")).hasSize(1);
  }

  @Test
  @DisplayName("... nor do large policies of another's: what refers to them is left out")
  void largePoliciesOfOthers() {
    String open = rule("all", ALL);
    for (int i = 0; i < 18; i++) {
      String privileges = i == 0 || i == 17 ? open : rule("Sother", ALL);
      String policy = policyBelow(reader, "Sreader", privileges, LARGE);
      other.create("Sother", CNT, "{'rn':'data" + i + "','acpi':['" + policy + "']}");
    }
    String few = policyBelow(reader, "Sreader", open, "few");
    other.update("Sother", AE, "{'acpi':['" + few + "']}");
    node.container(NODE, "data");

    assertThat(references(node, "cse-in"))
        .containsExactly(NODE, DATA, "cse-in/other", "cse-in/other/data0");
  }

  @Test
  @DisplayName("More than 2,000 that may be retrieved are refused with 5001")
  void manyForAll() {
    String policy = operatorsPolicy(rule("all", 2), "few");
    govern(MOST, policy, "small");
    assertThat(references(node, "Sother")).hasSize(MOST);

    node.container(NODE, "data");
    assertRefused(Refusal.UNSUPPORTED_PARAMETER, () -> references(node, "cse-in"));
  }

  @Test
  @DisplayName(
      "Policies that what one made refers to count with it: beyond 1 MiB refused with 5001")
  void largePolicies() {
    List<String> policies = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      policies.add(operatorsPolicy(rule("/asn-1", ALL), LARGE));
    }
    data(policies.subList(0, 16).toArray(String[]::new));
    assertThat(references(node, NODE)).containsExactly(DATA);

    node.create(
        NODE, CNT, "{'rn':'more','acpi':['" + policies.get(16) + "','" + policies.get(17) + "']}");

    assertRefused(Refusal.UNSUPPORTED_PARAMETER, () -> references(node, NODE));
  }

  @Test
  @DisplayName("design 6: a policy is read and decided by once, however many refer to it")
  void once() {
    String ri = policy(POLICY, rule("Sreader", 2));
    data(POLICY);
    node.create(NODE, CNT, "{'rn':'more','acpi':['" + POLICY + "']}");
    List<String> decided = new ArrayList<>();

    cse.read(
        tx -> {
          List<Resource> both =
              List.of(
                  tx.resources().byPath(DATA).orElseThrow(),
                  tx.resources().byPath(NODE + "/more").orElseThrow());
          PolicyVerdicts verdicts =
              new PolicyVerdicts(tx.resources(), policy -> decided.add(policy.id()));
          assertThat(verdicts.read(both, 10_000)).isTrue();
          assertThat(verdicts.read(both, 0)).isTrue();
          assertThat(both).allMatch(one -> verdicts.of(one).orElseThrow());
          return true;
        });

    assertThat(decided).containsExactly(ri);
  }

  @Test
  @DisplayName("A policy with more rules than are taken today, kept before, allows nothing")
  void keptBefore() {
    policy(POLICY, rule("Sreader", 2));
    data(POLICY);
    assertThat(reader.retrieve(DATA).status()).isEqualTo(2000);

    String many = (rule("Sreader", 2) + ",").repeat(64) + rule("Sreader", 2);
    cse.write(
        tx -> {
          Resource policy = tx.resources().byPath(POLICY).orElseThrow();
          Attributes attributes = policy.attributes().updatedBy(json("{'pv':" + rules(many) + "}"));
          tx.resources().update(policy.withAttributes(attributes));
          return true;
        });

    assertDenied(reader, Operation.RETRIEVE);
    node.update(POLICY, ACP, "{'pv':" + rules(rule("Sreader", 2)) + "}");
    assertThat(reader.retrieve(DATA).status()).isEqualTo(2000);
  }
}
