// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.CseResources;

/** How long an AE counts as announced, and by which registrar: it moves, and deregisters. */
class AnnouncedAesTest extends AeAnnouncementBench {
  @Test
  @DisplayName("TS-0001 10.2.2.2 case e: with a rule for it an AE moves to another registrar")
  void moved() {
    allow("'aai':['Npump'],'aae':['S17']", "/asn-1", "/asn-2");
    announce(first, "/asn-1", "S17");
    first.as("/S17").create("cse-in/asn-1", CNT, "{'rn':'flow'}");

    announce(second, "/asn-2", "S17");

    assertThat(latest("AE_MOVED").detail().text("formerRegistrar")).contains("/asn-1");
    assertThat(latest("AE_MOVED").detail().text("registrar")).contains("/asn-2");
    assertThat(second.retrieve("S17").text("lnk")).isEqualTo("/asn-2/S17");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
    assertRefused(Refusal.NO_PRIVILEGE, () -> first.retrieve("S17"));
    assertThat(second.as("/S17").retrieve("cse-in/asn-1/flow").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 005e: a move by an UPDATE of the announcement")
  void movedByUpdate() {
    allow("'aai':['Npump'],'aae':['S17']", "/asn-1", "/asn-2");
    announce(first, "/asn-1", "S17");

    second.as("/asn-2/S17").update("/id-in/S17", ANNC, "{'lnk':'/asn-2/S17'}");

    assertThat(latest("AE_MOVED").subject()).isEqualTo("/S17");
    assertThat(second.as("/S17").retrieve("cse-in").status()).isEqualTo(2000);
    second.delete("cse-in/asn-2");
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> first.retrieve("S17"));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: an AE moves from a field CSE to this one")
  void movedHere() {
    allow("'aai':['*'],'aae':['S17']", "/asn-1", "/id-in");
    announce(first, "/asn-1", "S17");

    cse.open("S17").create("cse-in", AE, APPLICATION);

    assertThat(latest("AE_MOVED").detail().text("registrar")).contains("/id-in");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.5: INACTIVE deregisters the AE and keeps its stem for the registrar")
  void deregistered() {
    announce(first, "/asn-1", "S17");

    TestCse.Answer inactive = first.update("S17", ANNC, "{'lnk':'INACTIVE'}");

    assertThat(inactive.whole("regs")).isEqualTo(2);
    assertThat(latest("AE_ANNOUNCEMENT_ENDED").subject()).isEqualTo("/S17");
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
    assertRefused(Refusal.ALREADY_REGISTERED, () -> announce(second, "/asn-2", "S17"));
    first.as("/asn-1/S17").update("S17", ANNC, "{'lnk':'/asn-1/S17'}");
    assertThat(first.as("/S17").retrieve("cse-in").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("An announcement ends by DELETE, at its expirationTime, and with its registrar's")
  void ends() {
    announce(first, "/asn-1", "S17");
    first.delete("S17");
    assertThat(latest("AE_ANNOUNCEMENT_ENDED").detail().text("registrar")).contains("/asn-1");
    assertThat(announce(second, "/asn-2", "S17").status()).isEqualTo(2001);

    second.delete("cse-in/asn-2");
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> first.retrieve("S17"));

    first.create(BASE, ANNC, announcement("/asn-1/S17", ",'et':'20260301T120100'"));
    cse.pass(Duration.ofMinutes(2));
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> first.as("/S17").retrieve("cse-in"));
    second.create("cse-in", CSR, REGISTRATION);
    assertThat(announce(second, "/asn-2", "S17").status()).isEqualTo(2001);
  }

  @Test
  @DisplayName("An announcement is prolonged with the registration that it ends with")
  void prolonged() {
    announce(first, "/asn-1", "S17");
    announce(first, "/asn-1", "S19");
    first
        .as("/asn-1/S18")
        .create(BASE, ANNC, announcement("/asn-1/S18", ",'et':'20260310T120000'"));
    first.as("/asn-1/S19").update("/id-in/S19", ANNC, "{'lnk':'INACTIVE'}");
    cse.pass(Duration.ofDays(5));

    Instant end =
        first.as("/asn-1").update("cse-in/asn-1", CSR, "{'et':'99991231T235959'}").time("et");

    assertThat(end).isAfter(TestCse.START.plus(TestCse.LONGEST_LIFE));
    assertThat(expiry("S17")).isEqualTo(end);
    assertThat(expiry("S18")).isEqualTo(Instant.parse("2026-03-10T12:00:00Z"));
    assertThat(expiry("S19")).isEqualTo(TestCse.START.plus(TestCse.LONGEST_LIFE));
  }

  @Test
  @DisplayName("An announcement that is made again lives as long as its registrar's registration")
  void expiryOfAnnouncedAgain() {
    announce(first, "/asn-1", "S17");
    cse.pass(Duration.ofDays(1));
    Instant end =
        first.as("/asn-1").update("cse-in/asn-1", CSR, "{'et':'99991231T235959'}").time("et");
    first.as("/asn-1/S17").update("/id-in/S17", ANNC, "{'et':'20260305T120000'}");

    first.as("/asn-1/S17").update("/id-in/S17", ANNC, "{'lnk':'/asn-1/S17'}");

    assertThat(expiry("S17")).isEqualTo(end);
  }

  private Instant expiry(String stem) {
    return cse.read(tx -> tx.resources().byId(stem).orElseThrow().times().expires());
  }

  @Test
  @DisplayName("A registrar announces so many AEs; of those that deregistered the first one goes")
  void quota(@TempDir Path other) {
    try (TestCse small = new TestCse(other, CseResources.table(), 2)) {
      TestCse.Party registrar = small.registered("/asn-1");
      TestCse.Party another = small.registered("/asn-2");
      announce(registrar, "/asn-1", "S1");
      announce(registrar, "/asn-1", "S2");

      assertRefused(Refusal.QUOTA_EXCEEDED, () -> announce(registrar, "/asn-1", "S3"));
      assertThat(announce(registrar, "/asn-1", "S2").status()).isEqualTo(2001);
      assertThat(announce(another, "/asn-2", "S3").status()).isEqualTo(2001);

      registrar.as("/asn-1/S1").update("/id-in/S1", ANNC, "{'lnk':'INACTIVE'}");
      assertThat(announce(registrar, "/asn-1", "S4").status()).isEqualTo(2001);
      assertRefused(
          Refusal.NO_SUCH_RESOURCE, () -> registrar.as("/asn-1/S1").retrieve("/id-in/S1"));
      assertRefused(Refusal.QUOTA_EXCEEDED, () -> announce(registrar, "/asn-1", "S5"));
    }
  }
}
