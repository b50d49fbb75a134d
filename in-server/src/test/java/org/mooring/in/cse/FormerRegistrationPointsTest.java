// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.common.primitive.Refusal;

/** What an AE made at its registrars before the last one (TS-0001 clause 10.2.16.2). */
class FormerRegistrationPointsTest extends RegistrationPointScenario {
  @Test
  @DisplayName("TS-0001 10.2.16.2: what it made at each of them follows it on, and back")
  void movedOn() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2", "/asn-3");
    TestCse.Party third = cse.registered("/asn-3");
    arrive(first, "/asn-1");
    TestCse.Party pump = first.as("/asn-1/Cpump");
    policy(pump, "cse-in/asn-1", "own", "'/asn-1/Cpump'");
    policy(first.as("/asn-1"), "cse-in/asn-1", "node", "'/asn-1/Cpump'");
    pump.create("cse-in/asn-1", CNT, "{'rn':'flow','acpi':['cse-in/asn-1/own']}");
    TestCse.Party stranger = cse.registered("/asn-4");
    tie("valves", "'Cpump'", "/asn-4");
    arrive(stranger, "/asn-4");
    arrive(second, "/asn-2");
    second.as("/asn-2/Cpump").container("cse-in/asn-2", "level");
    policy(stranger.as("/asn-4"), "cse-in/asn-4", "others", "'/asn-2/Cpump'");

    arrive(third, "/asn-3");

    third.as("/asn-3/Cpump").publish("cse-in/asn-1/flow", "21");
    third.as("/asn-3/Cpump").publish("cse-in/asn-2/level", "3");
    assertThat(originators("cse-in/asn-1/own")).containsExactly("/asn-3/Cpump");
    assertThat(originators("cse-in/asn-1/node")).containsExactly("/asn-3/Cpump");
    assertThat(originators("cse-in/asn-4/others")).containsExactly("/asn-2/Cpump");
    assertRefused(
        Refusal.WRONG_ORIGINATOR, () -> second.as("/asn-2/Cpump").retrieve("cse-in/asn-2/level"));

    arrive(first, "/asn-1");

    first.as("/asn-1/Cpump").publish("cse-in/asn-1/flow", "22");
    first.as("/asn-1/Cpump").publish("cse-in/asn-2/level", "4");
    assertThat(originators("cse-in/asn-1/node")).containsExactly("/asn-1/Cpump");
  }

  @Test
  @DisplayName("What it made at the first of them follows it though one in between has gone since")
  void movedOnPastOneThatIsGone() {
    tie("pumps", "'Cpump'", "/asn-1", "/asn-2", "/asn-3", "/asn-4");
    TestCse.Party third = cse.registered("/asn-3");
    TestCse.Party fourth = cse.registered("/asn-4");
    arrive(first, "/asn-1");
    first.as("/asn-1/Cpump").container("cse-in/asn-1", "flow");
    policy(first.as("/asn-1"), "cse-in/asn-1", "node", "'/asn-1/Cpump'");
    arrive(second, "/asn-2");
    arrive(third, "/asn-3");
    second.as("/asn-2").delete("cse-in/asn-2");

    arrive(fourth, "/asn-4");

    fourth.as("/asn-4/Cpump").publish("cse-in/asn-1/flow", "21");
    assertThat(originators("cse-in/asn-1/node")).containsExactly("/asn-4/Cpump");
    assertRefused(
        Refusal.WRONG_ORIGINATOR, () -> first.as("/asn-1/Cpump").retrieve("cse-in/asn-1/flow"));

    arrive(first, "/asn-1");

    first.as("/asn-1/Cpump").publish("cse-in/asn-1/flow", "22");
    assertRefused(
        Refusal.WRONG_ORIGINATOR, () -> fourth.as("/asn-4/Cpump").retrieve("cse-in/asn-1/flow"));
  }

  @Test
  @DisplayName("What stands below a gateway is looked through once, at however many of its nodes")
  void belowAGateway() {
    TestCse.Party gateway = gateway("/asn-5", "/asn-6", "/asn-7", "/asn-8");
    tie("pumps", "'Cpump'", "/asn-5", "/asn-6", "/asn-7", "/asn-8");
    arrive(gateway, "/asn-5");
    policy(gateway.as("/asn-5"), "cse-in/mn-1", "first", "'/asn-5/Cpump'");
    policy(gateway.as("/asn-8"), "cse-in/mn-1", "others", "'/asn-5/Cpump'");
    List<String> fromOne = gateway.as("/asn-6").callsOf(arrival(gateway, "/asn-6"));
    policy(gateway.as("/asn-6"), "cse-in/mn-1", "second", "'/asn-6/Cpump'");
    gateway.as("/asn-6/Cpump").container("cse-in/mn-1", "flow");
    arrive(gateway, "/asn-7");

    List<String> fromThree = gateway.as("/asn-8").callsOf(arrival(gateway, "/asn-8"));

    assertThat(fromOne).contains("handOver").containsOnlyOnce("update");
    fromThree.remove("update");
    assertThat(fromThree).isEqualTo(fromOne);
    assertThat(originators("cse-in/mn-1/first")).containsExactly("/asn-8/Cpump");
    assertThat(originators("cse-in/mn-1/second")).containsExactly("/asn-8/Cpump");
    assertThat(originators("cse-in/mn-1/others")).containsExactly("/asn-5/Cpump");
    gateway.as("/asn-8/Cpump").publish("cse-in/mn-1/flow", "21");
  }

  /** A registered MN-CSE and the nodes that it announces. */
  private TestCse.Party gateway(String... nodes) {
    cse.enrolled("/mn-1", "");
    for (String node : nodes) {
      cse.enrolled(node, "/mn-1");
    }
    TestCse.Party gateway = cse.registered("/mn-1");
    gateway.update("cse-in/mn-1", CSR, "{'dcse':['" + String.join("','", nodes) + "']}");
    return gateway;
  }
}
