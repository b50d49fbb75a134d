// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.assertRefused;

import org.junit.jupiter.api.BeforeEach;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;

/**
 * Tests with a node that makes policies and data below its {@code <remoteCSE>}, and an AE with an
 * association of its own that asks for these.
 */
abstract class GovernedDataTest extends RegisteredNodeTest {
  static final String POLICY = NODE + "/policy";
  static final String OTHER_POLICY = NODE + "/other";
  static final int ALL = 63;

  TestCse.Party reader;

  @BeforeEach
  void registerReader() {
    reader = cse.associatedAe("/Sreader");
    reader.create("cse-in", AE, APPLICATION);
  }

  static String rule(String originator, int operations) {
    return "{'acor':['" + originator + "'],'acop':" + operations + "}";
  }

  static String rules(String rules) {
    return "{'acr':[" + rules + "]}";
  }

  /** A policy that the node alone may change. */
  final String policy(String path, String privileges) {
    return policy(path, privileges, rule("/asn-1", ALL));
  }

  final String policy(String path, String privileges, String selfPrivileges) {
    int slash = path.lastIndexOf('/');
    String attributes =
        "{'rn':'" + path.substring(slash + 1) + "','pv':" + rules(privileges) + ",'pvs':";
    return node.create(path.substring(0, slash), ACP, attributes + rules(selfPrivileges) + "}")
        .text("ri");
  }

  /** A container of the node's with these policies. */
  final void data(String... policies) {
    String references =
        policies.length == 0 ? "" : ",'acpi':['" + String.join("','", policies) + "']";
    node.create(NODE, CNT, "{'rn':'data'" + references + "}");
  }

  /** Has the reader ask for each of what TS-0018 has a purpose for. */
  final TestCse.Answer ask(TestCse.Party party, Operation operation) {
    return switch (operation) {
      case CREATE -> party.publish(DATA, "1");
      case RETRIEVE -> party.retrieve(DATA);
      case UPDATE -> party.update(DATA, CNT, "{'mni':5}");
      default -> party.delete(DATA);
    };
  }

  final void assertDenied(TestCse.Party party, Operation operation) {
    assertRefused(Refusal.NO_PRIVILEGE, () -> ask(party, operation));
  }
}
