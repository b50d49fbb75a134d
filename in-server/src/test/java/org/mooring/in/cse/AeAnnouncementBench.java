// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.MSSP;
import static org.mooring.in.cse.TestCse.SVSN;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.resource.CseResources;
import org.mooring.in.audit.AuditRecord;

/** The IN-CSE with two registrars that announce AEs to it. */
abstract class AeAnnouncementBench {
  static final int ANNC = CseResources.AE_ANNC.code();
  static final String BASE = "/id-in/cse-in";

  @TempDir Path folder;
  TestCse cse;
  TestCse.Party operator;
  TestCse.Party first;
  TestCse.Party second;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    operator = cse.operator();
    first = cse.registered("/asn-1");
    second = cse.registered("/asn-2");
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  /** A profile with a node for each of these registrars, and one rule for all. */
  final void allow(String rule, String... registrars) {
    operator.create("cse-in", MSSP, "{'rn':'contract'}");
    operator.create("cse-in", ASAR, "{'rn':'pumps'," + rule + "}");
    for (String registrar : registrars) {
      operator.create(
          "cse-in/contract",
          SVSN,
          "{'ni':'urn:example:1','csi':'" + registrar + "','rlk':['cse-in/pumps']}");
    }
  }

  static String announcement(String link, String more) {
    return "{'lnk':'" + link + "','api':'Npump'" + more + "}";
  }

  static TestCse.Answer announce(TestCse.Party registrar, String csi, String stem) {
    String link = csi + "/" + stem;
    return registrar.as(link).create(BASE, ANNC, announcement(link, ""));
  }

  final AuditRecord latest(String action) {
    return cse.read(
        tx ->
            tx.auditLog().latest(20).stream()
                .filter(entry -> entry.action().equals(action))
                .findFirst()
                .orElseThrow());
  }
}
