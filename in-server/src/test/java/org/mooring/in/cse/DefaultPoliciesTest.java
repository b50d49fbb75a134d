// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.subscription.AssociatedInstance;

/** The default access policy of an application's token. */
class DefaultPoliciesTest extends RegisteredNodeTest {
  private TestCse.Party instance;

  @BeforeEach
  void speakAsInstance() {
    instance = node.as("/asn-1/C1");
  }

  private String policy(String name) {
    return cse.operator()
        .create(
            "cse-in",
            ACP,
            "{'rn':'"
                + name
                + "','pv':{'acr':[{'acor':['/asn-1/C1'],'acop':2}]},"
                + "'pvs':{'acr':[{'acor':['/id-in'],'acop':63}]}}")
        .text("ri");
  }

  private static KeyIdentifier ka(int number) {
    return KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDE" + number + "@maf.sp.example.org");
  }

  private void associate(int key, String policy) {
    AssociatedInstance associated =
        new AssociatedInstance(
            ka(key),
            TestCse.START.plusSeconds(600),
            new AppId("Nmeter"),
            new AeId("//sp.example.org/asn-1/C1"),
            TokenId.parse("t1@sp.example.org"),
            new ApprovedServices(
                List.of(),
                Optional.of(ResourceAddress.parse(policy)),
                List.of(),
                CredentialShare.NONE));
    cse.write(
        tx -> {
          new ImpliedResources(tx).associated(associated, "km");
          return true;
        });
  }

  private List<String> policiesOf(TestCse.Party party, String name) {
    return party.container(NODE, name).attributes().texts("acpi");
  }

  private List<AuditRecord> missing() {
    return cse.read(
        tx ->
            tx.auditLog().latest(50).stream()
                .filter(entry -> entry.action().equals("ACCESS_POLICY_MISSING"))
                .toList());
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: what an instance creates without a policy goes by its token's")
  void created() {
    String ri = policy("apps");
    associate(0, "/id-in/cse-in/apps");

    assertThat(policiesOf(instance, "data")).containsExactly(ri);
    assertThat(instance.retrieve(DATA).status()).isEqualTo(2000);
    assertRefused(Refusal.NO_PRIVILEGE, () -> instance.update(DATA, CNT, "{'mni':1}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> instance.update(DATA, CNT, "{'acpi':null}"));
    assertThat(missing()).isEmpty();
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: what names a policy keeps it, and nobody else's gets any")
  void own() {
    policy("apps");
    String other = policy("other");
    associate(0, "cse-in/apps");

    assertThat(
            instance
                .create(NODE, CNT, "{'rn':'data','acpi':['cse-in/other']}")
                .attributes()
                .texts("acpi"))
        .containsExactly(other);
    assertThat(policiesOf(node, "nodes")).isEmpty();
    assertThat(policiesOf(node.as("/asn-1/C2"), "others")).isEmpty();
  }

  @Test
  @DisplayName("TS-0001 9.6.1.3.2: without the policy the resource is its creator's, on record")
  void gone() {
    associate(0, "/id-in/cse-in/apps");

    assertThat(policiesOf(instance, "data")).isEmpty();

    assertThat(instance.update(DATA, CNT, "{'mni':1}").status()).isEqualTo(2004);
    assertRefused(Refusal.NO_PRIVILEGE, () -> cse.associated("/asn-2").retrieve(DATA));
    assertThat(missing()).singleElement().extracting(AuditRecord::subject).isEqualTo("/asn-1/C1");
    assertThat(missing().get(0).detail().text("policy")).contains("/id-in/cse-in/apps");
  }

  @Test
  @DisplayName("a policy of another CSE is for what is created there")
  void elsewhere() {
    associate(0, "/asn-1/apps");

    assertThat(policiesOf(instance, "data")).isEmpty();
    assertThat(missing()).isEmpty();
  }

  @Test
  @DisplayName("the token counts by which the instance is associated now")
  void laterToken() {
    policy("apps");
    String later = policy("later");
    associate(0, "cse-in/apps");
    cse.pass(Duration.ofSeconds(1));
    associate(1, "cse-in/later");

    assertThat(policiesOf(instance, "data")).containsExactly(later);
    cse.pass(Duration.ofSeconds(600));
    assertThat(policiesOf(instance, "after")).isEmpty();
  }
}
