// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.SVSN;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.subscription.AssociatedInstance;

/** Roles that requests name (TS-0001 clause 9.6.29, TS-0003 clause 7.4). */
class RolesTest extends RegisteredNodeTest {
  private static final String READER = "reader@sp.example.org";
  private static final String WRITER = "writer@sp.example.org";
  private static final String RULE = "cse-in/readers";
  private static final KeyIdentifier KA =
      KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDE0@maf.sp.example.org");

  private TestCse.Party application;

  /** Data for whoever is a reader, and an AE that a rule lets be one. */
  @BeforeEach
  void assignRole() {
    node.create(
        NODE,
        ACP,
        "{'rn':'policy','pv':{'acr':[{'acor':['reader@sp.example.org'],'acop':2}]},"
            + "'pvs':{'acr':[{'acor':['/asn-1'],'acop':63}]}}");
    node.create(NODE, CNT, "{'rn':'data','acpi':['" + NODE + "/policy']}");
    TestCse.Party operator = cse.operator();
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create(
        "cse-in",
        ASAR,
        "{'rn':'readers','apci':['11-*'],'aai':['Ncounter'],'aae':['S*'],'ari':['"
            + READER
            + "']}");
    operator.create(
        "cse-in/contract", SVSN, "{'ni':'urn:in','csi':'/id-in','rlk':['" + RULE + "']}");
    application = cse.associatedAe("/Sreader");
    application.create("cse-in", AE, APPLICATION);
  }

  private static TestCse.Answer retrieve(TestCse.Party party, String... roles) {
    return party.send(
        party
            .request(Operation.RETRIEVE, DATA)
            .roles(Stream.of(roles).map(RoleId::parse).toList()));
  }

  private static void assertNoRole(TestCse.Party party, String... roles) {
    assertRefused(Refusal.ROLE_NOT_ALLOWED, () -> retrieve(party, roles));
  }

  @Test
  @DisplayName("TS-0003 7.4: a role counts if the request names it")
  void named() {
    assertThat(retrieve(application, READER).status()).isEqualTo(2000);
    assertRefused(Refusal.NO_PRIVILEGE, () -> retrieve(application));
  }

  @Test
  @DisplayName(
      "TS-0001 9.6.29: a role that no rule allows is refused with 4103, beside one that is")
  void notAllowed() {
    assertNoRole(application, WRITER);
    assertNoRole(application, READER, WRITER);
  }

  @Test
  @DisplayName("TS-0001 9.6.29: the rules count as they stand, not as they were at registration")
  void liveRules() {
    TestCse.Party operator = cse.operator();
    operator.update(RULE, ASAR, "{'ari':['" + WRITER + "']}");
    assertNoRole(application, READER);
    operator.update(RULE, ASAR, "{'ari':['" + READER + "'],'aai':['Nother']}");
    assertNoRole(application, READER);
    operator.update(RULE, ASAR, "{'aai':['Ncounter']}");
    assertThat(retrieve(application, READER).status()).isEqualTo(2000);

    operator.delete(RULE);

    assertNoRole(application, READER);
  }

  @Test
  @DisplayName("TS-0001 9.6.29: nobody else has the role: no CSE, no AE that matches no rule")
  void others() {
    cse.operator().update(RULE, ASAR, "{'aae':['S*','C*']}");
    TestCse.Party unregistered = cse.associatedAe("/Sother");

    assertNoRole(node, READER);
    assertNoRole(node.as("/asn-1/C1"), READER);
    assertNoRole(unregistered, READER);
    application.delete("Sreader");
    assertNoRole(application, READER);
  }

  @Test
  @DisplayName("TS-0001 11.3.2: an instance has the roles of its token, as long as its key lives")
  void ofToken() {
    associate("/asn-1/C1");

    assertThat(retrieve(node.as("/asn-1/C1"), READER).status()).isEqualTo(2000);
    assertThat(retrieve(cse.associatedAe("/asn-1/C1"), READER).status()).isEqualTo(2000);
    assertNoRole(node.as("/asn-1/C1"), WRITER);
    assertNoRole(node.as("/asn-1/C2"), READER);
    cse.write(
        tx -> {
          new ImpliedResources(tx).ended(KA, "admin");
          return true;
        });
    assertNoRole(node.as("/asn-1/C1"), READER);
  }

  @Test
  @DisplayName("TS-0003 7.4: ... but not by the word of a CSE that sends on what it asks for")
  void ofTokenThroughAnother() {
    cse.enrolled("/asn-7", "/mn-1");
    TestCse.Party gateway = cse.registered("/mn-1");
    gateway.update("cse-in/mn-1", CSR, "{'dcse':['/asn-7']}");
    associate("/asn-7/C1");

    assertNoRole(gateway.as("/asn-7/C1"), READER);
    assertThat(gateway.as("/asn-7/C1").retrieve("cse-in").status()).isEqualTo(2000);
    assertThat(retrieve(cse.associatedAe("/asn-7/C1"), READER).status()).isEqualTo(2000);
    assertThat(retrieve(cse.associated("/asn-7").as("/asn-7/C1"), READER).status()).isEqualTo(2000);
  }

  private void associate(String instanceId) {
    AssociatedInstance instance =
        new AssociatedInstance(
            KA,
            TestCse.START.plusSeconds(600),
            new AppId("Nmeter"),
            new AeId("//sp.example.org" + instanceId),
            TokenId.parse("t1@sp.example.org"),
            new ApprovedServices(
                List.of(RoleId.parse(READER)), Optional.empty(), List.of(), CredentialShare.NONE));
    cse.write(
        tx -> {
          new ImpliedResources(tx).associated(instance, "km");
          return true;
        });
  }
}
