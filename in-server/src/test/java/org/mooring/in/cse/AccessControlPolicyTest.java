// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResultContent;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.RecordedRefusalException;

/**
 * {@code <accessControlPolicy>} (TS-0001 clause 9.6.2) and what it decides, after the purposes of
 * TS-0018 (TP/oneM2M/CSE/SEC/ACP).
 */
class AccessControlPolicyTest extends GovernedDataTest {
  private static int bit(Operation operation) {
    return 1 << (operation.code() - 1);
  }

  @Test
  @DisplayName("SEC/ACP/CRE/001, 002: several rules in privileges and selfPrivileges are kept")
  void severalRules() {
    policy(
        POLICY, rule("C1", 2) + "," + rule("C2", 1), rule("/asn-1", ALL) + "," + rule("C1", ALL));

    Attributes policy = node.retrieve(POLICY).attributes();

    assertThat(policy.whole("ty")).hasValue(1);
    for (String name : List.of("pv", "pvs")) {
      AttributeValue acr = policy.members(name).orElseThrow().get("acr").orElseThrow();
      assertThat(((AttributeValue.Items) acr).values()).hasSize(2);
    }
    assertThat(policy.has("acpi")).isFalse();
  }

  @Test
  @DisplayName("SEC/ACP/CRE/003, 004: privileges may be empty, selfPrivileges not")
  void emptyPrivileges() {
    assertThat(policy(POLICY, "")).isNotEmpty();
    assertRefused(Refusal.INVALID_ATTRIBUTE, () -> policy(OTHER_POLICY, "", ""));
    assertRefused(Refusal.INVALID_ATTRIBUTE, () -> node.update(POLICY, ACP, "{'pvs':{'acr':[]}}"));
  }

  @Test
  @DisplayName("A policy has 64 rules at most, a rule 64 originators and 16 contexts, else 4000")
  void manyRules() {
    policy(POLICY, repeated(64, rule("C1", 2)));
    policy(OTHER_POLICY, ruleOf(64, 16));

    assertTooMany("acr", repeated(65, rule("C1", 2)));
    assertTooMany("acor", ruleOf(65, 1));
    assertTooMany("acco", ruleOf(1, 17));
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> node.update(POLICY, ACP, "{'pv':" + rules(ruleOf(65, 1)) + "}"));
  }

  private void assertTooMany(String element, String privileges) {
    assertThatThrownBy(() -> policy(NODE + "/third", privileges))
        .hasMessageContaining(element + " of more than ")
        .extracting(TestCse::answer)
        .isEqualTo(Refusal.INVALID_ATTRIBUTE);
  }

  private static String ruleOf(int originators, int contexts) {
    return "{'acor':["
        + repeated(originators, "'C1'")
        + "],'acop':2,'acco':["
        + repeated(contexts, "{'actw':['* * * * * * *']}")
        + "]}";
  }

  private static String repeated(int times, String text) {
    return String.join(",", Collections.nCopies(times, text));
  }

  @Test
  @DisplayName("A creator has 100 policies below one parent at most, the operator any number")
  void manyPolicies() {
    String attributes = "{'pvs':" + rules(rule("/asn-1", ALL)) + ",'pv':{'acr':[]}}";
    for (int i = 0; i < 100; i++) {
      node.create(NODE, ACP, attributes);
    }

    assertRefused(Refusal.QUOTA_EXCEEDED, () -> node.create(NODE, ACP, attributes));
    assertThat(node.as("/asn-1/C1").create(NODE, ACP, attributes).status()).isEqualTo(2001);
    assertThat(cse.operator().create(NODE, ACP, attributes).status()).isEqualTo(2001);
  }

  @Test
  @DisplayName(
      "TS-0001 9.6.2: it stands below CSEBase, <AE> and <remoteCSE>, by who may create there")
  void parents() {
    String attributes = "{'pv':{'acr':[]},'pvs':{'acr':[" + rule("Sreader", ALL) + "]}}";

    assertThat(cse.operator().create("cse-in", ACP, attributes).status()).isEqualTo(2001);
    assertThat(reader.create("Sreader", ACP, attributes).status()).isEqualTo(2001);
    assertRefused(Refusal.NO_PRIVILEGE, () -> reader.create("cse-in", ACP, attributes));
    assertRefused(Refusal.NO_PRIVILEGE, () -> reader.create(NODE, ACP, attributes));
    data();
    assertRefused(Refusal.NOT_A_CHILD_TYPE, () -> node.create(DATA, ACP, attributes));
  }

  @ParameterizedTest
  @DisplayName("SEC/ACP/001: a policy that does not allow the operation refuses it with 4103")
  @EnumSource(value = Operation.class, mode = Mode.EXCLUDE, names = "NOTIFY")
  void operationNotAllowed(Operation operation) {
    policy(POLICY, rule("Sreader", ALL - bit(operation)));
    data(POLICY);

    assertDenied(reader, operation);
  }

  @ParameterizedTest
  @DisplayName("SEC/ACP/002: of several policies one that permits is enough")
  @EnumSource(value = Operation.class, mode = Mode.EXCLUDE, names = "NOTIFY")
  void severalPolicies(Operation operation) {
    policy(POLICY, "");
    policy(OTHER_POLICY, rule("Sreader", bit(operation)));
    data(POLICY, OTHER_POLICY);

    assertThat(ask(reader, operation).status() / 1000).isEqualTo(2);
  }

  @ParameterizedTest
  @DisplayName(
      "SEC/ACP/003, 004: the provider's domain and \"all\" permit; another domain does not")
  @EnumSource(value = Operation.class, mode = Mode.EXCLUDE, names = "NOTIFY")
  void domain(Operation operation) {
    policy(POLICY, rule("//other.example.org", ALL));
    policy(OTHER_POLICY, rule("//sp.example.org", ALL));
    data(POLICY);

    assertDenied(reader, operation);
    node.update(DATA, CNT, "{'acpi':['" + OTHER_POLICY + "']}");
    assertThat(ask(reader, operation).status() / 1000).isEqualTo(2);
  }

  @ParameterizedTest
  @DisplayName("SEC/ACP/005, 006: inside a time window permitted, outside not")
  @EnumSource(value = Operation.class, mode = Mode.EXCLUDE, names = "NOTIFY")
  void timeWindow(Operation operation) {
    policy(POLICY, "{'acor':['all'],'acop':63,'acco':[{'actw':['* * 13 * * * *']}]}");
    data(POLICY);

    assertDenied(reader, operation);
    cse.pass(Duration.ofHours(1));
    assertThat(ask(reader, operation).status() / 1000).isEqualTo(2);
  }

  @Test
  @DisplayName("SEC/ACP/007, 008: a location can not be checked here and is refused with 4000")
  void location() {
    assertRefused(
        Refusal.UNSUPPORTED_CONDITION,
        () -> policy(POLICY, "{'acor':['all'],'acop':63,'acco':[{'aclr':{'accc':['DE']}}]}"));
  }

  @ParameterizedTest
  @DisplayName("SEC/ACP/009, 010: inside an IP range permitted, outside or unknown not")
  @EnumSource(value = Operation.class, mode = Mode.EXCLUDE, names = "NOTIFY")
  void addresses(Operation operation) {
    policy(
        POLICY,
        "{'acor':['all'],'acop':63,'acco':[{'acip':{'ipv4':['192.0.2.0/24'],'ipv6':['::1']}}]}");
    data(POLICY);

    assertDenied(reader, operation);
    assertDenied(reader.at("198.51.100.1"), operation);
    assertDenied(reader.at("198.51.100.1", "192.0.2.200"), operation);
    assertThat(ask(reader.at("192.0.2.9"), operation).status() / 1000).isEqualTo(2);
  }

  @Test
  @DisplayName("TS-0003 7.1.2: an address is no AE's that is behind a CSE, nor is it authenticated")
  void behindCse() {
    policy(POLICY, "{'acor':['/asn-1/C1'],'acop':2,'acco':[{'acip':{'ipv4':['192.0.2.0/24']}}]}");
    policy(OTHER_POLICY, "{'acor':['/asn-1*','/asn-1/C1'],'acop':2,'acaf':true}");
    data(POLICY);
    TestCse.Party meter = node.as("/asn-1/C1").at("192.0.2.9");

    assertDenied(meter, Operation.RETRIEVE);
    node.update(DATA, CNT, "{'acpi':['" + OTHER_POLICY + "']}");
    assertDenied(meter, Operation.RETRIEVE);
    assertThat(node.retrieve(DATA).status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("SEC/ACP/011: what has no policies of its own goes by its parent's")
  void parentsPolicies() {
    policy(POLICY, rule("Sreader", 3));
    data(POLICY);
    TestCse.Answer published = reader.publish(DATA, "1");

    assertThat(reader.retrieve(published.text("ri")).text("con")).isEqualTo("1");
    assertThat(reader.retrieve(DATA + "/la").text("con")).isEqualTo("1");
    assertRefused(Refusal.NO_PRIVILEGE, () -> reader.delete(DATA + "/la"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.retrieve(DATA + "/la"));
  }

  @ParameterizedTest
  @DisplayName("SEC/ACP/012: without policies a resource is its creator's alone")
  @EnumSource(value = Operation.class, mode = Mode.EXCLUDE, names = "NOTIFY")
  void withoutPolicies(Operation operation) {
    data();

    assertDenied(reader, operation);
    assertThat(ask(node, operation).status() / 1000).isEqualTo(2);
  }

  @Test
  @DisplayName("TS-0001 9.6.2.4: object details bound which types may be created, and below what")
  void objectDetails() {
    policy(POLICY, "{'acor':['Sreader'],'acop':1,'acod':[{'ty':3,'chty':[4]}]}");
    data(POLICY);

    assertThat(reader.publish(DATA, "1").status()).isEqualTo(2001);
    assertRefused(Refusal.NO_PRIVILEGE, () -> reader.create(DATA, CNT, "{}"));
  }

  @Test
  @DisplayName("TS-0003 7.1.4: a policy itself goes by its selfPrivileges, also for its creator")
  void selfPrivileges() {
    policy(POLICY, rule("all", ALL), rule("Sreader", 6));

    assertRefused(Refusal.NO_PRIVILEGE, () -> node.retrieve(POLICY));
    assertThat(reader.update(POLICY, ACP, "{'pv':{'acr':[]}}").status()).isEqualTo(2004);
    assertRefused(Refusal.NO_PRIVILEGE, () -> reader.delete(POLICY));
    assertThat(cse.operator().delete(POLICY).status()).isEqualTo(2002);
  }

  @Test
  @DisplayName("TS-0004 7.3.3.15: <AE> and <remoteCSE> go by policies too; registering needs none")
  void registrations() {
    String own =
        "{'pv':{'acr':[" + rule("/asn-2", 2) + "]},'pvs':{'acr':[" + rule("all", 4) + "]}}";
    cse.operator().create("cse-in", ACP, "{'rn':'p'," + own.substring(1));
    TestCse.Party other = cse.associated("/asn-2");
    other.create("cse-in", CSR, REGISTRATION);

    cse.associatedAe("/Smeter")
        .create("cse-in", AE, "{'api':'Nm','rr':false,'srv':['3'],'acpi':['cse-in/p']}");

    assertThat(other.retrieve("Smeter").text("aei")).isEqualTo("Smeter");
    assertRefused(Refusal.NO_PRIVILEGE, () -> cse.associatedAe("/Smeter").retrieve("Smeter"));
    node.update(NODE, CSR, "{'acpi':['cse-in/p']}");
    assertThat(other.retrieve(NODE).text("csi")).isEqualTo("/asn-1");
    assertThat(cse.operator().delete("Smeter").status()).isEqualTo(2002);
  }

  @Test
  @DisplayName("TS-0004 7.3.3.6: an answer shows those descendants that may be retrieved")
  void descendants() {
    policy(POLICY, rule("Sreader", 2) + "," + rule("/asn-1", 1));
    policy(OTHER_POLICY, rule("Sreader", ALL - 2));
    data(POLICY);
    node.create(DATA, CNT, "{'rn':'hidden','acpi':['" + OTHER_POLICY + "']}");
    node.create(DATA, CNT, "{'rn':'shown','acpi':['" + POLICY + "','" + OTHER_POLICY + "']}");
    node.create(DATA, CNT, "{'rn':'own'}");
    reader.publish(DATA + "/hidden", "1");
    reader.publish(DATA + "/shown", "2");
    reader.create(DATA + "/hidden", CNT, "{'rn':'below','acpi':['" + POLICY + "']}");

    Attributes whole =
        reader
            .send(
                reader
                    .request(Operation.RETRIEVE, DATA)
                    .resultContent(ResultContent.ATTRIBUTES_AND_CHILD_RESOURCES))
            .attributes();
    Attributes references =
        reader
            .send(
                reader
                    .request(Operation.RETRIEVE, DATA)
                    .resultContent(ResultContent.CHILD_REFERENCES))
            .attributes();

    assertThat(names(whole, "m2m:cnt")).containsExactly("shown");
    assertThat(((AttributeValue.Items) references.get("rrf").orElseThrow()).values()).hasSize(2);
  }

  private static List<String> names(Attributes attributes, String root) {
    return ((AttributeValue.Items) attributes.get(root).orElseThrow())
        .values().stream()
            .map(item -> ((AttributeValue.Members) item).attributes().text("rn").orElseThrow())
            .toList();
  }

  @Test
  @DisplayName(
      "TS-0004 7.3.3.15: the record names the rule that comes closest, the answer does not")
  void reason() {
    policy(POLICY, rule("/asn-9", 1) + "," + rule("Sreader", 1));
    data(POLICY);

    Throwable refused = catchThrowable(() -> reader.retrieve(DATA));

    assertThat(refused)
        .isInstanceOfSatisfying(
            RecordedRefusalException.class,
            record -> {
              assertThat(record.action()).isEqualTo(AuditAction.ACCESS_REFUSED);
              assertThat(record.detail().text("reason"))
                  .contains(POLICY + " pv, rule 2: acop: it does not allow RETRIEVE");
              assertThat(record.detail().text("to")).contains(DATA);
              assertThat(record.detail().text("from")).contains("/Sreader");
              assertThat(record.answer().getMessage())
                  .isEqualTo("RETRIEVE on <container>: " + Refusal.NO_PRIVILEGE.remedy());
            });
  }
}
