// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.ACP;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.SVSN;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;

/** Two registrars, and the AE Cpump that registers with one or the other and is tracked. */
abstract class RegistrationPointScenario {
  static final String BASE = "/id-in/-";

  @TempDir Path folder;
  TestCse cse;
  TestCse.Party first;
  TestCse.Party second;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    first = cse.registered("/asn-1");
    second = cse.registered("/asn-2");
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  /** A rule for AEs that roam with these stems, linked with these registrars. */
  void tie(String rule, String stems, String... registrars) {
    tieBy("'lbl':['Roaming-AE'],", rule, stems, registrars);
  }

  void tieBy(String labels, String rule, String stems, String... registrars) {
    TestCse.Party operator = cse.operator();
    operator.create("cse-in", MSSP, "{'rn':'contract-" + rule + "'}");
    operator.create(
        "cse-in",
        ASAR,
        "{'rn':'" + rule + "'," + labels + "'aai':['Npump'],'aae':[" + stems + "]}");
    for (String registrar : registrars) {
      operator.create(
          "cse-in/contract-" + rule,
          SVSN,
          "{'ni':'urn:example:1','csi':'" + registrar + "','rlk':['cse-in/" + rule + "']}");
    }
  }

  static int notify(TestCse.Party registrar, String from, String ids) {
    return registrar.as(from).send(notification(registrar, ids)).status();
  }

  private static RequestPrimitive.Builder notification(TestCse.Party registrar, String ids) {
    return registrar
        .request(Operation.NOTIFY, BASE)
        .content(Representation.of("m2m:sgn", TestCse.json("{'aerp':true," + ids + "}")));
  }

  static int arrive(TestCse.Party registrar, String csi) {
    return registrar.as(csi).send(arrival(registrar, csi)).status();
  }

  static RequestPrimitive.Builder arrival(TestCse.Party registrar, String csi) {
    return notification(registrar, "'tid2':'" + csi + "/Cpump'");
  }

  static void policy(TestCse.Party writer, String parent, String name, String ids) {
    String rules = "{'acr':[{'acor':[" + ids + "],'acop':63}]}";
    writer.create(parent, ACP, "{'rn':'" + name + "','pv':" + rules + ",'pvs':" + rules + "}");
  }

  /** In both sets of privileges. */
  List<String> originators(String policy) {
    Attributes found = cse.operator().retrieve(policy).attributes();
    List<String> named = originatorsIn(found, "pv");
    assertThat(originatorsIn(found, "pvs")).isEqualTo(named);
    return named;
  }

  private static List<String> originatorsIn(Attributes policy, String set) {
    AttributeValue rules = policy.members(set).orElseThrow().get("acr").orElseThrow();
    AttributeValue rule = ((AttributeValue.Items) rules).values().get(0);
    return ((AttributeValue.Members) rule).attributes().texts("acor");
  }
}
