// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.LONGEST_LIFE;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.SVSN;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Refusal;

/** The resources of service subscriptions. */
class ServiceSubscriptionTest {
  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party operator;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    operator = cse.operator();
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  @Test
  @DisplayName("TS-0004 7.4.20: ruleLinks without CSE-ID are refused with 4000, made or changed")
  void linksWithoutCse() {
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> operator.create("cse-in/contract", SVSN, "{'ni':'1','rlk':[]}"));
    operator.create("cse-in/contract", SVSN, "{'rn':'n','ni':'1'}");
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> operator.update("cse-in/contract/n", SVSN, "{'rlk':['cse-in/r']}"));
    assertRefused(
        Refusal.NOT_PERMITTED_ATTRIBUTE,
        () -> operator.update("cse-in/contract/n", SVSN, "{'csi':'/asn-1'}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x*", "r1", "APP01", "C*"})
  @DisplayName("TS-0004 7.4.29: an App-ID pattern starts with '*', 'R' or 'N', else 4000")
  void appIdPattern(String pattern) {
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> operator.create("cse-in", ASAR, "{'aai':['N*','" + pattern + "']}"));
    operator.create("cse-in", ASAR, "{'rn':'rule'}");
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> operator.update("cse-in/rule", ASAR, "{'aai':['" + pattern + "']}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x*", "/asn-1/C1", "C", "N1"})
  @DisplayName("TS-0001 9.6.29: allowedAEs are AE-ID-Stems or patterns of some, else 4000")
  void stemPattern(String pattern) {
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> operator.create("cse-in", ASAR, "{'aae':['" + pattern + "']}"));
  }

  @Test
  @DisplayName("TS-0004 7.4.19: nodes stand below a profile, profiles and rules below the CSEBase")
  void places() {
    assertRefused(Refusal.NOT_A_CHILD_TYPE, () -> operator.create("cse-in", SVSN, "{'ni':'1'}"));
    assertRefused(Refusal.NOT_A_CHILD_TYPE, () -> operator.create("cse-in/contract", ASAR, "{}"));
    assertRefused(Refusal.NOT_A_CHILD_TYPE, () -> operator.create("cse-in/contract", MSSP, "{}"));
  }

  @Test
  @DisplayName("TS-0001 9.6.19: nobody but the provider makes, reads, changes or deletes them")
  void operatorsAlone() {
    TestCse.Party node = cse.registered("/asn-1");
    operator.create("cse-in", ASAR, "{'rn':'rule','aai':['*'],'aae':['*']}");

    assertRefused(Refusal.NO_PRIVILEGE, () -> node.create("cse-in", MSSP, "{}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.create("cse-in", ASAR, "{}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.create("cse-in/contract", SVSN, "{'ni':'1'}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.retrieve("cse-in/rule"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.update("cse-in/rule", ASAR, "{'aae':['C*']}"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> node.delete("cse-in/contract"));
  }

  @Test
  @DisplayName("They last until they are deleted, unless they were given an end")
  void lasting() {
    assertThat(operator.retrieve("cse-in/contract").time("et")).isEqualTo(M2mTimestamp.NEVER);
    operator.create("cse-in", ASAR, "{'rn':'rule','et':'20260302T000000'}");

    cse.pass(LONGEST_LIFE);

    assertThat(operator.retrieve("cse-in/contract").status()).isEqualTo(2000);
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> operator.retrieve("cse-in/rule"));
  }

  @Test
  @DisplayName("TS-0004 7.4.29: a rule keeps its elements as they were given, roles too")
  void rule() {
    operator.create(
        "cse-in",
        ASAR,
        "{'rn':'rule','apci':['10-thiskey@mymef.com','34-urn:uuid:1'],'aai':['Ra01.com.x.*'],"
            + "'aae':['C123*X','S*','*'],'ari':['1234abcd@role-issuer.com']}");

    TestCse.Answer rule = operator.retrieve("cse-in/rule");

    assertThat(rule.attributes().texts("apci"))
        .containsExactly("10-thiskey@mymef.com", "34-urn:uuid:1");
    assertThat(rule.attributes().texts("aae")).containsExactly("C123*X", "S*", "*");
    assertThat(rule.attributes().texts("ari")).containsExactly("1234abcd@role-issuer.com");
  }
}
