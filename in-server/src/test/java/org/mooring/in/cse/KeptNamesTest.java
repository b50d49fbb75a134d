// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.ASAR;
import static org.mooring.in.cse.TestCse.CSR;
import static org.mooring.in.cse.TestCse.REGISTRATION;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.RecordedSessions;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.mef.InvalidEnroleeException;
import org.mooring.in.mef.NewEnrolee;

/** Whoever is enrolled can register, whatever names others chose. */
class KeptNamesTest {
  private final Enrolees enrolees =
      new Enrolees(TestCse.PROVIDER, new Generations(new RecordedSessions()));

  @TempDir Path folder;
  private TestCse cse;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  private Enrolee enrolled(NewEnrolee.Builder wanted) {
    return cse.write(tx -> enrolees.add(tx, wanted.build(), "admin")).enrolee();
  }

  private static NewEnrolee.Builder withCsi(String csi) {
    return NewEnrolee.builder().entity(new CseId(csi));
  }

  private void assertRegisters(String csi) {
    assertThat(cse.associated(csi).create("cse-in", CSR, REGISTRATION).text("rn"))
        .isEqualTo(csi.substring(1));
  }

  @Test
  void theStemOfAnEnrolledCseIsKeptForItsRegistration() {
    enrolled(withCsi("/pump7"));

    assertRefused(Refusal.NAME_IN_USE, () -> cse.openAe("Cpump", "pump7"));
    TestCse.Party operator = cse.operator();
    assertRefused(
        Refusal.NAME_IN_USE, () -> operator.create("cse-in", ASAR, "{'rn':'pump7','aai':['N*']}"));
    assertRegisters("/pump7");
  }

  @Test
  void aRevokedOnesIsKeptToo() {
    Enrolee pump = enrolled(withCsi("/pump7"));
    cse.write(tx -> enrolees.revoke(tx, pump.id(), "stolen", "admin"));

    assertRefused(Refusal.NAME_IN_USE, () -> cse.openAe("Cpump", "pump7"));
  }

  @Test
  void namesOfTheFormThatIsMadeHereAreKeptForThoseThatAreEnrolledLater() {
    for (String name : List.of("asn-018f2c41a3e0", "asn-ffffffffffff")) {
      assertRefused(Refusal.NAME_IN_USE, () -> cse.openAe("Cpump", name));
    }
    for (String name : List.of("asn-018f2c41a3e", "asn-018F2C41A3E0", "xasn-018f2c41a3e0")) {
      cse.openAe("C" + name, name);
    }
    String made = enrolled(NewEnrolee.builder()).entity().value();
    assertRefused(Refusal.NAME_IN_USE, () -> cse.openAe("Cpump", made.substring(1)));
    assertRegisters(made);
  }

  @Test
  void aCseWhoseNameIsTakenIsNotEnrolledBeforeItIsFree() {
    TestCse.Party ae = cse.openAe("Cpump", "pump8");

    assertThatThrownBy(() -> enrolled(withCsi("/pump8")))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith("csi: /pump8 ")
        .hasMessageContaining("cse-in/pump8");

    ae.delete("cse-in/pump8");
    enrolled(withCsi("/pump8"));
    assertRegisters("/pump8");
  }

  @Test
  void elsewhereTheNameIsAnybodys() {
    enrolled(withCsi("/pump7"));
    TestCse.Party ae = cse.openAe("Cmeter", "meter");

    assertThat(ae.container("cse-in/meter", "pump7").status()).isEqualTo(2001);
    assertThat(cse.open("Cother").create("cse-in", AE, TestCse.APPLICATION).status())
        .isEqualTo(2001);
  }
}
