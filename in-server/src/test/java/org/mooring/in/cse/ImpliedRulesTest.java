// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.SVSN;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.Decision.Outcome;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.RuleSource;

/**
 * What the enrolment of nodes and the association of instances imply in the service subscription.
 */
class ImpliedRulesTest extends ImpliedRulesBench {
  private static final String RULE = "cse-in/implied.0123456789abcdef0123456789abcde0";

  @Test
  @DisplayName(
      "TS-0001 9.6.20: a node that is enrolled has a <serviceSubscribedNode>, without rules")
  void enrolledNode() {
    enrol(node());
    enrol(node());
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    TestCse.Answer node = operator.retrieve(PROFILE + "/asn-1");

    assertThat(node.whole("ty")).isEqualTo(SVSN);
    assertThat(node.text("ni")).isEqualTo("urn:node:1");
    assertThat(node.text("csi")).isEqualTo("/asn-1");
    assertThat(node.attributes().texts("rlk")).isEmpty();
    assertThat(decide(registration(KA, "Nmeter", "C1")).outcome()).isEqualTo(Outcome.NO_RULE);
  }

  @Test
  @DisplayName("TS-0001 9.6.29: an instance may register with its CSE as what it is, and no other")
  void associatedInstance() {
    associate(KA, "C1");
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    Decision decision = decide(registration(KA, "Nmeter", "C1"));

    assertThat(decision.reason()).isEqualTo(RULE + " allows it");
    assertThat(decision.rule().orElseThrow().source()).isEqualTo(RuleSource.ASSOCIATION);
    for (AeRegistration deviating :
        List.of(
            registration(LATER_KA, "Nmeter", "C1"),
            registration(KA, "Nother", "C1"),
            registration(KA, "Nmeter", "C2"),
            new AeRegistration(Optional.empty(), "Nmeter", "C1"))) {
      assertThat(decide(deviating).isAllowed()).as("%s", deviating).isFalse();
    }
    assertThat(decide(registration(KA, "Nmeter", "")).grant().orElseThrow().stem("-"))
        .isEqualTo("C1");
  }

  @Test
  @DisplayName("TS-0001 9.6.29, 11.2.2: the rule has the token's approved list of services")
  void rule() {
    associate(KA, "C1");

    TestCse.Answer rule = operator.retrieve(RULE);

    assertThat(rule.whole("ty")).isEqualTo(ASAR);
    assertThat(rule.attributes().texts("apci")).containsExactly("11-" + KA);
    assertThat(rule.attributes().texts("ari")).containsExactly("reader@sp.example.org");
    assertThat(rule.attributes().texts("lbl"))
        .containsExactly("Token-ID:t1@sp.example.org", "Access-Policy:/asn-1/acp-apps");
    assertThat(rule.text("et")).isEqualTo(M2mTimestamp.format(TestCse.START.plusSeconds(600)));
    assertThat(operator.retrieve(PROFILE + "/asn-1").attributes().texts("rlk"))
        .containsExactly("/id-in/" + RULE);
    assertThat(latest().detail().text("change")).contains("created");
    assertThat(latest().subject()).isEqualTo(RULE);
  }

  @Test
  @DisplayName("The rule goes with the key, and those of other keys stay")
  void endedKey() {
    associate(KA, "C1");
    associate(LATER_KA, "C1");

    write(rules -> rules.ended(KA, "admin"));

    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    assertThat(decide(registration(KA, "Nmeter", "C1")).isAllowed()).isFalse();
    assertThat(decide(registration(LATER_KA, "Nmeter", "C1")).isAllowed()).isTrue();
    assertThat(operator.retrieve(PROFILE + "/asn-1").attributes().texts("rlk")).hasSize(1);
    write(rules -> rules.ended(KA, "admin"));
    assertThat(latest().detail().text("change")).isNotEqualTo(Optional.of("deleted"));
  }

  @Test
  @DisplayName("What the operator wrote for a node counts beside it, and is as it was")
  void beside() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create("cse-in", ASAR, "{'rn':'pumps','apci':['*'],'aai':['Npump'],'aae':['C*']}");
    operator.create(
        "cse-in/contract", SVSN, "{'ni':'1','csi':'/asn-1','rlk':['/id-in/cse-in/pumps']}");
    Attributes before = operator.retrieve("cse-in/contract/" + nodeOfContract()).attributes();

    associate(KA, "C1");

    assertThat(decide(registration(LATER_KA, "Npump", "C2")).reason()).contains("cse-in/pumps");
    assertThat(decide(registration(KA, "Nmeter", "C1")).reason()).contains(RULE);
    write(rules -> rules.ended(KA, "admin"));
    write(rules -> rules.ended(node(), "admin"));
    assertThat(decide(registration(LATER_KA, "Npump", "C2")).isAllowed()).isTrue();
    assertThat(operator.retrieve("cse-in/contract/" + nodeOfContract()).attributes())
        .isEqualTo(before);
  }

  private String nodeOfContract() {
    return cse.read(
        tx ->
            tx.resources().ofCse(SVSN, NODE, 10).stream()
                .filter(found -> !ImpliedResources.isImplied(found))
                .findFirst()
                .orElseThrow()
                .name());
  }

  @Test
  @DisplayName(
      "TS-0004 7.3.2.7: a registrar retrieves its nodes and their rules, and no other does")
  void registrarIsTold() {
    associate(KA, "C1");
    TestCse.Party registrar = cse.registered("/asn-1");
    assertThat(registrar.retrieve("implied.node.asn-1").attributes().texts("lbl"))
        .as("while there is no profile")
        .containsExactly(Profile.LABEL_OF_NONE);
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create("cse-in", ASAR, "{'rn':'pumps','apci':['*'],'aai':['Npump'],'aae':['C*']}");
    operator.create("cse-in", ASAR, "{'rn':'valves','apci':['*'],'aai':['Nvalve'],'aae':['C*']}");
    operator.create(
        "cse-in/contract",
        SVSN,
        "{'rn':'one','ni':'1','csi':'/asn-1','rlk':['-/pumps','cse-in/gone']}");
    TestCse.Party other = cse.registered("/asn-2");

    Attributes node = registrar.retrieve("implied.node.asn-1").attributes();

    assertThat(node.texts("rlk"))
        .as("of every profile")
        .containsExactlyInAnyOrder("/id-in/" + RULE, "/id-in/cse-in/pumps", "cse-in/gone");
    assertThat(node.has("lbl")).isFalse();
    for (String told : List.of("/id-in/" + RULE, "cse-in/contract/one", "cse-in/pumps")) {
      assertThat(registrar.retrieve(told).status()).as(told).isEqualTo(2000);
      assertRefused(Refusal.NO_PRIVILEGE, () -> other.retrieve(told));
      assertRefused(Refusal.NO_PRIVILEGE, () -> registrar.delete(told));
    }
    assertRefused(Refusal.NO_PRIVILEGE, () -> registrar.retrieve("cse-in/valves"));
  }

  @Test
  @DisplayName("Nothing else gets a name that is kept for what is implied")
  void keptNames() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    assertRefused(
        Refusal.NAME_IN_USE,
        () -> operator.create("cse-in", ASAR, "{'rn':'implied.Spump','aai':['*']}"));
    assertRefused(
        Refusal.NAME_IN_USE, () -> operator.create("cse-in", MSSP, "{'rn':'implied.more'}"));
  }

  @Test
  @DisplayName("A start finds the profile as it is")
  void again() {
    enrol(node());

    cse.restart();

    assertThat(operator.retrieve(PROFILE + "/asn-1").text("csi")).isEqualTo("/asn-1");
  }

  @Test
  @DisplayName("The rule of a key that has ended lets nothing in, cleared away or not")
  void expiredKey() {
    associate(KA, "C1");
    operator.create("cse-in", MSSP, "{'rn':'contract'}");

    cse.pass(Duration.ofSeconds(600));

    assertThat(decide(registration(KA, "Nmeter", "C1")).isAllowed()).isFalse();
  }

  @Test
  @DisplayName("Of 10,000 implied rules a decision reads the one that is meant")
  void manyRules() {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    enrol(node());
    write(
        rules -> {
          for (int i = 0; i < 10_000; i++) {
            rules.associated(instance(key(i), "C" + i), "km");
          }
        });

    Decision last = decide(registration(key(9_999), "Nmeter", "C9999"));
    Decision unknown = decide(registration(key(10_000), "Nmeter", "C9999"));

    assertThat(last.isAllowed()).isTrue();
    assertThat(last.findings()).hasSize(1);
    assertThat(unknown.outcome()).isEqualTo(Outcome.NO_RULE);
    assertThat(operator.retrieve(PROFILE + "/asn-1").attributes().texts("rlk")).hasSize(1_000);
  }

  private static KeyIdentifier key(int number) {
    return KeyIdentifier.parse("%032X@maf.sp.example.org".formatted(number));
  }
}
