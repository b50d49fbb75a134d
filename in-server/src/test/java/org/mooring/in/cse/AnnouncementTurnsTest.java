// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;
import static org.mooring.in.cse.TestCse.json;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;

/** Whose requests about an announced AE wait for each other at an MN-CSE: {@code /S17} is A's. */
class AnnouncementTurnsTest {
  private static final AeId STEM = new AeId("S17");

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party a;
  private TestCse.Party b;

  @BeforeEach
  void aAnnouncesAnAe() {
    cse = TestCse.ofMiddleNode(folder);
    a = registered("/asn-a");
    b = registered("/asn-b");
    RequestPrimitive announcement = announcement(a, "/asn-a/S17").build();
    a.settled(
        announcement,
        ResponsePrimitive.of(
            ResponseStatusCode.CREATED,
            announcement.requestId(),
            Representation.of(CseResources.AE_ANNC.root(), json("{'ri':'S17'}"))));
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  private TestCse.Party registered(String csi) {
    cse.associated(csi).create("cse-mn", CSR, REGISTRATION);
    return cse.associated(csi).as(csi);
  }

  private static RequestPrimitive.Builder announcement(TestCse.Party registrar, String link) {
    return registrar.request(
        Operation.CREATE, "/mn-1/-", CseResources.AE_ANNC.code(), "{'lnk':'" + link + "'}");
  }

  private static RequestPrimitive.Builder update(TestCse.Party registrar, String link) {
    return registrar
        .request(Operation.UPDATE, "/mn-1/S17")
        .content(Representation.of(CseResources.AE_ANNC.root(), json("{'lnk':'" + link + "'}")));
  }

  @Test
  void whatReadsWaitsForNobody() {
    assertThat(a.turn(a.request(Operation.RETRIEVE, "/mn-1/S17"))).isEmpty();
    assertThat(b.turn(b.request(Operation.RETRIEVE, "/mn-1/S17"))).isEmpty();
  }

  /** Its answer may have been overtaken by that to an announcement. */
  @Test
  void whatReadsEndsNothing() {
    RequestPrimitive read = a.request(Operation.RETRIEVE, "/mn-1/S17").build();

    a.settled(read, ResponsePrimitive.of(ResponseStatusCode.NOT_FOUND, read.requestId()));

    assertThat(a.turn(a.request(Operation.DELETE, "/mn-1/S17"))).contains(STEM);
  }

  @Test
  void theRegistrarWaitsItsTurnWithWhatItEnds() {
    assertThat(a.turn(a.request(Operation.DELETE, "/mn-1/S17"))).contains(STEM);
    assertThat(a.turn(update(a, "INACTIVE"))).contains(STEM);
  }

  @Test
  void anotherNodeWaitsAheadOfNobodyWithWhatItMayNotAsk() {
    assertThat(b.turn(b.request(Operation.DELETE, "/mn-1/S17"))).isEmpty();
    assertThat(b.turn(update(b, "INACTIVE"))).isEmpty();
  }

  @Test
  void whoAnnouncesWaitsItsTurn() {
    assertThat(b.turn(announcement(b, "/asn-b/S17"))).contains(STEM);
    assertThat(b.turn(update(b, "/asn-b/S17"))).contains(STEM);
    assertThat(b.turn(announcement(b, "/asn-b/S"))).as("to be assigned").isEmpty();
  }

  @Test
  void whoIsNotWhoItSaysDoesNotGoOn() {
    TestCse.Party disguised = b.as("/asn-a");

    assertRefused(Refusal.WRONG_ORIGINATOR, () -> disguised.onward(update(disguised, "INACTIVE")));
  }
}
