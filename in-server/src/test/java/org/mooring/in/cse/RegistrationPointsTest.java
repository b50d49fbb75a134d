// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.in.audit.AuditRecord;

/** AEs with stems of their registrars' that register elsewhere (TS-0001 clause 10.2.2.2 case f). */
class RegistrationPointsTest extends RegistrationPointScenario {
  private static int confirm(TestCse.Party registrar, String csi) {
    return notify(registrar, csi, "'tid1':'" + csi + "/Cpump','tid2':'" + csi + "/Cpump'");
  }

  private static int arriveFrom(TestCse.Party registrar, String former, String csi) {
    return notify(registrar, csi, "'tid1':'" + former + "/Cpump','tid2':'" + csi + "/Cpump'");
  }

  private List<Attributes> moves() {
    return cse.<List<Attributes>>read(
        tx ->
            tx.auditLog().latest(100).stream()
                .filter(entry -> entry.action().equals("AE_MOVED"))
                .map(AuditRecord::detail)
                .toList());
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 steps 006f to 008f: what the AE made is its own at the new point")
  void moved() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");
    assertThat(arrive(first, "/asn-1")).isEqualTo(2000);
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");

    assertThat(arrive(second, "/asn-2")).isEqualTo(2000);

    second.as("/asn-2/Cpump").publish("cse-in/asn-1/flow", "21");
    assertRefused(
        Refusal.WRONG_ORIGINATOR, () -> first.as("/asn-1/Cpump").retrieve("cse-in/asn-1/flow"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> first.as("/asn-1").retrieve("cse-in/asn-1/flow"));
    assertThat(moves())
        .singleElement()
        .satisfies(
            detail -> {
              assertThat(detail.text("formerRegistrar")).contains("/asn-1");
              assertThat(detail.text("registrar")).contains("/asn-2");
            });
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: the former registrar is told, and takes the AE back if it comes")
  void told() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");
    arrive(first, "/asn-1");
    assertThat(confirm(first, "/asn-1")).isEqualTo(2000);
    arrive(second, "/asn-2");

    assertRefused(Refusal.REGISTERED_ELSEWHERE, () -> confirm(first, "/asn-1"));
    assertThat(confirm(second, "/asn-2")).isEqualTo(2000);

    arrive(first, "/asn-1");
    assertThat(confirm(first, "/asn-1")).isEqualTo(2000);
    assertRefused(Refusal.REGISTERED_ELSEWHERE, () -> confirm(second, "/asn-2"));
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");
  }

  @Test
  @DisplayName("A former registrar that registered anew is told as well")
  void toldLater() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");
    arrive(first, "/asn-1");
    arrive(second, "/asn-2");
    first.as("/asn-1").delete("cse-in/asn-1");
    first.create("cse-in", CSR, REGISTRATION);

    assertRefused(Refusal.REGISTERED_ELSEWHERE, () -> confirm(first, "/asn-1"));
  }

  @Test
  @DisplayName("TS-0004 7.5.1.2.16: a registrar that knows the prior point names it")
  void named() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");
    arrive(first, "/asn-1");
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");

    assertThat(
            notify(second, "/asn-2", "'tid1':'/asn-1/Cpump','tid2':'//sp.example.org/asn-2/Cpump'"))
        .isEqualTo(2000);

    second.as("/asn-2/Cpump").retrieve("cse-in/asn-1/flow");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"C*; /asn-1; /asn-2", "Cpump; /asn-1; /asn-1", "Cother; /asn-1; /asn-2"})
  @DisplayName("No stem is another's but by a rule for both registrars that names it in full")
  void untied(String stems, String one, String other) {
    tie("pumps", "'" + stems + "'", one, other);
    arrive(first, "/asn-1");

    assertThat(arrive(second, "/asn-2")).isEqualTo(2000);

    assertThat(confirm(first, "/asn-1")).isEqualTo(2000);
    assertThat(moves()).isEmpty();
    assertRefused(Refusal.NO_PRIVILEGE, () -> arriveFrom(second, "/asn-1", "/asn-2"));
  }

  @Test
  @DisplayName(
      "TS-0001 10.2.16.2: its own policies and its former registrar's name it as it is now")
  void policies() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");
    arrive(first, "/asn-1");
    TestCse.Party pump = first.as("/asn-1/Cpump");
    policy(pump, "cse-in/asn-1", "own", "'/asn-1/Cpump','/asn-1/Cother','/asn-1*'");
    policy(first.as("/asn-1"), "cse-in/asn-1", "node", "'//sp.example.org/asn-1/Cpump'");
    policy(cse.operator(), "cse-in", "operator", "'/asn-1/Cpump'");
    pump.create("cse-in/asn-1", CNT, "{'rn':'flow','acpi':['cse-in/asn-1/own']}");

    arrive(second, "/asn-2");

    TestCse.Party moved = second.as("/asn-2/Cpump");
    moved.publish("cse-in/asn-1/flow", "21");
    assertThat(originators("cse-in/asn-1/own"))
        .containsExactly("/asn-2/Cpump", "/asn-1/Cother", "/asn-1*");
    assertThat(originators("cse-in/asn-1/node")).containsExactly("//sp.example.org/asn-2/Cpump");
    assertThat(originators("cse-in/operator")).containsExactly("/asn-1/Cpump");
  }

  @Test
  @DisplayName("A node that names another's AE does not get it where that is not tracked")
  void notTracked() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");

    assertRefused(Refusal.NO_PRIVILEGE, () -> arriveFrom(second, "/asn-1", "/asn-2"));
    assertThat(arrive(second, "/asn-2")).isEqualTo(2000);

    assertStays();
  }

  @Test
  @DisplayName("One rule for a fleet, of which each node has such an AE, lets none be taken")
  void ofAFleet() {
    tieBy("", "pumps", "'Cpump'", "/asn-1", "/asn-2");
    arrive(first, "/asn-1");
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");

    assertRefused(Refusal.NO_PRIVILEGE, () -> arriveFrom(second, "/asn-1", "/asn-2"));
    assertThat(arrive(second, "/asn-2")).isEqualTo(2000);

    assertStays();
  }

  @Test
  @DisplayName("A rule that was taken from the former registrar since ties it no more")
  void noLongerTied() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");
    arrive(first, "/asn-1");
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");
    cse.operator().update("cse-in/pumps", ASAR, "{'lbl':null}");

    assertRefused(Refusal.NO_PRIVILEGE, () -> arriveFrom(second, "/asn-1", "/asn-2"));
    assertThat(arrive(second, "/asn-2")).isEqualTo(2000);

    assertStays();
  }

  @Test
  @DisplayName("An AE that has left a registrar is not taken from there once more")
  void hasLeft() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2", "/asn-3");
    TestCse.Party third = cse.registered("/asn-3");
    arrive(first, "/asn-1");
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");
    arrive(second, "/asn-2");

    assertRefused(Refusal.NO_PRIVILEGE, () -> arriveFrom(third, "/asn-1", "/asn-3"));

    second.as("/asn-2/Cpump").retrieve("cse-in/asn-1/flow");
    assertThat(moves()).hasSize(1);
  }

  private void assertStays() {
    first.as("/asn-1/Cpump").retrieve("cse-in/asn-1/flow");
    assertRefused(
        Refusal.NO_PRIVILEGE, () -> second.as("/asn-2/Cpump").retrieve("cse-in/asn-1/flow"));
    assertThat(moves()).isEmpty();
  }

  @Test
  @DisplayName("Two rules that name one stem mean two AEs")
  void twoRules() {
    tie("pumps", "'Cpump'", "/asn-1");
    tie("valves", "'Cpump'", "/asn-2");
    arrive(first, "/asn-1");
    arrive(second, "/asn-2");

    assertThat(confirm(first, "/asn-1")).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0004 7.5.1.2.16: what is no registrar's own notification is refused")
  void refused() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2");

    assertRefused(
        Refusal.INVALID_ATTRIBUTE, () -> notify(second, "/asn-2", "'tid2':'/asn-1/Cpump'"));
    assertRefused(Refusal.INVALID_ATTRIBUTE, () -> notify(second, "/asn-2", "'tid2':'/asn-2/C'"));
    assertRefused(Refusal.INVALID_ATTRIBUTE, () -> notify(second, "/asn-2", "'tid2':'/Spump'"));
    assertRefused(
        Refusal.INVALID_ATTRIBUTE,
        () -> notify(second, "/asn-2", "'tid1':'Cpump','tid2':'/asn-2/Cpump'"));
    assertRefused(Refusal.MISSING_ATTRIBUTE, () -> notify(second, "/asn-2", "'aerid':true"));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () -> notify(second, "/asn-2/Cpump", "'tid2':'/asn-2/Cpump'"));
    TestCse.Party third = cse.associated("/asn-3");
    assertRefused(Refusal.CSE_NOT_REGISTERED, () -> arrive(third, "/asn-3"));
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED,
        () ->
            second.send(
                second
                    .request(Operation.NOTIFY, BASE)
                    .content(Representation.of("m2m:sgn", TestCse.json("{'vrq':true}")))));
  }
}
