// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.LONGEST_LIFE;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.mef.Enrolee;

/** CSEs that register with an MN-CSE, which announces them here (TS-0004 clause 7.4.4.2, dcse). */
class DescendantsTest {
  private static final String GATEWAY = "cse-in/mn-1";

  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party gateway;
  private KeyIdentifier pump;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    cse.enrolled("/mn-1", "");
    pump = cse.enrolled("/asn-7", "/mn-1");
    cse.enrolled("/asn-8", "");
    cse.enrolled("/asn-9", "/mn-2");
    gateway = cse.registered("/mn-1");
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  private void announce(String... descendants) {
    String list = "['" + String.join("','", descendants) + "']";
    gateway.update(GATEWAY, CSR, "{'dcse':" + list + "}");
  }

  @Test
  @DisplayName("TS-0004 7.4.4.2.1: a CSE brings its descendants along when it registers")
  void withTheRegistration() {
    gateway.delete(GATEWAY);

    TestCse.Answer created =
        gateway.create("cse-in", CSR, REGISTRATION.replace("}", ",'dcse':['/asn-7']}"));

    assertThat(created.attributes().texts("dcse")).containsExactly("/asn-7");
    assertThat(gateway.as("/asn-7/Cflow").retrieve("cse-in").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0004 7.4.4.2.3: a CSE tells of descendants that come and go")
  void byUpdates() {
    announce("/asn-7");
    assertThat(gateway.retrieve(GATEWAY).attributes().texts("dcse")).containsExactly("/asn-7");

    gateway.update(GATEWAY, CSR, "{'dcse':null}");

    assertThat(gateway.retrieve(GATEWAY).attributes().has("dcse")).isFalse();
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7/Cflow").retrieve("cse-in"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/asn-8",
        "/asn-9",
        "/nobody",
        "/mn-1",
        "/id-in",
        "//other.example.org/asn-7",
        "S7"
      })
  @DisplayName("A descendant whose enrolment does not name this registrar is refused with 4103")
  void ofAnotherRegistrar(String stranger) {
    assertRefused(Refusal.FOREIGN_DESCENDANT, () -> announce("/asn-7", stranger));
    assertThat(gateway.retrieve(GATEWAY).attributes().has("dcse")).isFalse();
    gateway.delete(GATEWAY);
    assertRefused(
        Refusal.FOREIGN_DESCENDANT,
        () ->
            gateway.create(
                "cse-in", CSR, REGISTRATION.replace("}", ",'dcse':['" + stranger + "']}")));
    assertRefused(Refusal.NO_SUCH_RESOURCE, () -> gateway.retrieve(GATEWAY));
  }

  @Test
  @DisplayName(
      "TS-0004 7.4.4.2.1: descendants of descendants are announced by the one that is here")
  void inARow() {
    cse.enrolled("/mn-3", "/mn-1");
    cse.enrolled("/asn-10", "/mn-3");

    announce("/mn-3", "//sp.example.org/asn-10");

    assertThat(gateway.as("/asn-10/Cflow").retrieve("cse-in").status()).isEqualTo(2000);
    assertThat(gateway.as("//sp.example.org/mn-3/Cflow").retrieve("cse-in").status())
        .isEqualTo(2000);
  }

  @Test
  @DisplayName("Registrars that name each other have no descendants")
  void inACircle() {
    cse.enrolled("/mn-4", "/mn-5");
    cse.enrolled("/mn-5", "/mn-4");

    assertRefused(Refusal.FOREIGN_DESCENDANT, () -> announce("/mn-4"));
  }

  @Test
  @DisplayName("A CSE announces 1,000 descendants at most")
  void tooMany() {
    String[] many =
        IntStream.rangeClosed(0, 1_000).mapToObj(i -> "/asn-x" + i).toArray(String[]::new);

    assertRefused(Refusal.QUOTA_EXCEEDED, () -> announce(many));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: a CSE forwards what accepted descendants and their AEs send")
  void forwarded() {
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7/Cflow").retrieve("cse-in"));
    announce("/asn-7");

    TestCse.Answer created =
        gateway.as("/asn-7/Cflow").create(GATEWAY, CNT, "{'rn':'flow','cr':null}");
    gateway.as("/asn-7").create(GATEWAY, CNT, "{'rn':'own'}");

    assertThat(created.text("cr")).isEqualTo("/asn-7/Cflow");
    gateway.as("/asn-7/Cflow").publish(GATEWAY + "/flow", "21");
    assertThat(gateway.as("/asn-7/Cflow").retrieve(GATEWAY + "/flow/la").text("con"))
        .isEqualTo("21");
    assertThat(gateway.as("/asn-7").retrieve(GATEWAY + "/flow").status()).isEqualTo(2000);
  }

  @Test
  @DisplayName("TS-0004 7.3.2.1: what is announced by one CSE no other one forwards")
  void forwardedByAnother() {
    announce("/asn-7");
    TestCse.Party other = cse.registered("/mn-2");

    assertRefused(Refusal.WRONG_ORIGINATOR, () -> other.as("/asn-7/Cflow").retrieve("cse-in"));
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> other.as("/asn-9/Cflow").retrieve("cse-in"));
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> other.as("/mn-1").retrieve("cse-in"));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.8: a descendant does not register through the CSE that announced it")
  void registeredThroughAnother() {
    announce("/asn-7");

    assertRefused(
        Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7").create("cse-in", CSR, REGISTRATION));
  }

  @Test
  @DisplayName("TS-0004 7.4.4.2.4: descendants go with the registration of the CSE that has them")
  void withTheDeregistration() {
    announce("/asn-7");
    gateway.delete(GATEWAY);

    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7/Cflow").retrieve("cse-in"));

    gateway.create("cse-in", CSR, REGISTRATION.replace("}", ",'dcse':['/asn-7']}"));
    cse.pass(LONGEST_LIFE);
    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7/Cflow").retrieve("cse-in"));
  }

  @Test
  @DisplayName("Nothing is forwarded for a descendant whose enrolment was revoked")
  void revoked() {
    announce("/asn-7");

    cse.write(
        tx -> {
          tx.enrolees().setStanding(pump, new Enrolee.Standing.Revoked(cse.now(), "lost"));
          return true;
        });

    assertRefused(Refusal.WRONG_ORIGINATOR, () -> gateway.as("/asn-7/Cflow").retrieve("cse-in"));
    assertRefused(Refusal.FOREIGN_DESCENDANT, () -> announce("/asn-7"));
  }
}
