// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;

/** References of resources to policies, accessControlPolicyIDs (TS-0001 clause 9.6.1.3.2). */
class PolicyReferencesTest extends GovernedDataTest {
  @Test
  @DisplayName("SEC/ACP/UPD/001: acpi changes by the selfPrivileges of a policy referred to so far")
  void policiesChanged() {
    policy(POLICY, rule("/asn-1", ALL), rule("Sreader", 4));
    String other = policy(OTHER_POLICY, rule("Sreader", 2));
    data(POLICY);

    TestCse.Answer updated = reader.update(DATA, CNT, "{'acpi':['" + OTHER_POLICY + "']}");

    assertThat(updated.status()).isEqualTo(2004);
    assertThat(updated.attributes().texts("acpi")).containsExactly(other);
    assertThat(reader.retrieve(DATA).status()).isEqualTo(2000);
    assertDenied(node, Operation.RETRIEVE);
  }

  @Test
  @DisplayName("SEC/ACP/UPD/002: ... and by nothing else, UPDATE in its privileges included")
  void policiesNotChanged() {
    policy(POLICY, rule("Sreader", ALL), rule("/asn-1", ALL));
    data(POLICY);

    assertRefused(
        Refusal.NO_PRIVILEGE, () -> reader.update(DATA, CNT, "{'acpi':['" + POLICY + "']}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> reader.update(DATA, CNT, "{'acpi':null}"));
    assertThat(reader.update(DATA, CNT, "{'mni':1}").status()).isEqualTo(2004);
  }

  @Test
  @DisplayName(
      "TS-0001 9.6.1.3.2: without policies the creator gives some, and gets them taken away")
  void firstPolicies() {
    policy(POLICY, rule("Sreader", 2));
    data();

    assertRefused(
        Refusal.NO_PRIVILEGE, () -> reader.update(DATA, CNT, "{'acpi':['" + POLICY + "']}"));
    node.update(DATA, CNT, "{'acpi':['" + POLICY + "']}");
    assertDenied(node, Operation.RETRIEVE);
    assertThat(node.update(DATA, CNT, "{'acpi':null}").attributes().has("acpi")).isFalse();
    assertThat(node.retrieve(DATA).status()).isEqualTo(2000);
    assertDenied(reader, Operation.RETRIEVE);
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: acpi is changed alone, else 4000")
  void policiesAlone() {
    policy(POLICY, "");
    data();

    assertRefused(
        Refusal.POLICIES_NOT_ALONE,
        () -> node.update(DATA, CNT, "{'acpi':['" + POLICY + "'],'mni':1}"));
  }

  @Test
  @DisplayName("TS-0004 7.3.3.15: acpi names policies here, by any form of address, else 4000")
  void references() {
    String ri = policy(POLICY, rule("all", 2));
    data();
    for (String reference :
        List.of(ri, POLICY, "/id-in/" + POLICY, "/id-in/" + ri, "//sp.example.org/id-in/" + ri)) {
      node.update(DATA, CNT, "{'acpi':['" + reference + "']}");
      assertThat(reader.retrieve(DATA).attributes().texts("acpi")).containsExactly(ri);
    }
    for (String reference : List.of("none", DATA, DATA + "/la", "/asn-2/" + ri, "/id-in", "a/")) {
      assertRefused(
          Refusal.NO_SUCH_POLICY,
          () -> node.create(NODE, CNT, "{'acpi':['" + ri + "','" + reference + "']}"));
    }
    assertRefused(
        Refusal.NO_SUCH_POLICY,
        () -> node.create(NODE, CNT, "{'acpi':['" + (ri + "','").repeat(16) + ri + "']}"));
    assertRefused(Refusal.INVALID_ATTRIBUTE, () -> node.create(NODE, CNT, "{'acpi':[]}"));
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: a policy that is deleted or expired grants nothing any more")
  void deletedPolicy() {
    policy(POLICY, rule("Sreader", 2));
    policy(OTHER_POLICY, rule("Sreader", 4));
    data(POLICY, OTHER_POLICY);

    node.delete(POLICY);
    assertDenied(reader, Operation.RETRIEVE);
    assertThat(reader.update(DATA, CNT, "{'mni':1}").status()).isEqualTo(2004);
    policy(POLICY, rule("Sreader", 2));
    assertDenied(reader, Operation.RETRIEVE);

    node.update(OTHER_POLICY, ACP, "{'et':'20260301T120010'}");
    cse.pass(Duration.ofSeconds(10));
    assertDenied(reader, Operation.UPDATE);
    assertThat(node.retrieve(DATA).status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("design 6: without policies nothing more is read; all policies are read at once")
  void reads() {
    policy(POLICY, rule("/asn-1", 5));
    policy(OTHER_POLICY, rule("Sreader", 2));
    data();

    assertThat(node.readsOf(DATA)).containsExactly("byPath", "byId", "expiredTotal");
    node.update(DATA, CNT, "{'acpi':['" + POLICY + "','" + OTHER_POLICY + "']}");

    assertThat(reader.readsOf(DATA)).containsExactly("byPath", "byIds", "byId", "expiredTotal");
  }
}
