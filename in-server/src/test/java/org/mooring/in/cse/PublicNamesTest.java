// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.AE;
import static org.mooring.in.cse.TestCse.APPLICATION;
import static org.mooring.in.cse.TestCse.CNT;
import static org.mooring.in.cse.TestCse.LONGEST_LIFE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.in.dns.PublicName;

@DisplayName("TS-0001 6.5.3: whose public domain name the DNS is to have")
class PublicNamesTest {
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

  /** What the DNS has not been told, as {@code + /pump} or {@code - /pump}; told from then on. */
  private List<String> untold() {
    return cse
        .write(
            tx -> {
              List<PublicName> names = tx.publicNames().take(10, cse.now().plusSeconds(60));
              names.forEach(
                  name ->
                      tx.publicNames().settle(name, cse.now().plus(LONGEST_LIFE.multipliedBy(9))));
              return names;
            })
        .stream()
        .map(name -> (name.isWanted() ? "+ " : "- ") + name.cse())
        .toList();
  }

  @Test
  void aCseHasOneFromItsRegistrationToItsDeregistration() {
    TestCse.Party pump = cse.registered("/pump");
    assertThat(untold()).containsExactly("+ /pump");

    pump.container("cse-in/pump", "data");
    pump.update("cse-in/pump", TestCse.CSR, "{'rr':true}");
    pump.delete("cse-in/pump/data");
    assertThat(untold()).isEmpty();

    pump.delete("cse-in/pump");
    assertThat(untold()).containsExactly("- /pump");
  }

  @Test
  void itEndsWithTheRegistrationsExpiry() {
    cse.registered("/pump");
    assertThat(untold()).containsExactly("+ /pump");

    cse.pass(LONGEST_LIFE);
    cse.sweep();

    assertThat(untold()).containsExactly("- /pump");
  }

  @Test
  void aCseThatComesBackAfterItsExpiryHasOne() {
    cse.registered("/pump");
    assertThat(untold()).containsExactly("+ /pump");

    cse.pass(LONGEST_LIFE.plus(Duration.ofSeconds(1)));
    cse.registered("/pump");

    assertThat(untold()).containsExactly("+ /pump");
  }

  @Test
  void aesAndOthersHaveNone() {
    cse.associatedAe("/Spump").create("cse-in", AE, APPLICATION);
    cse.operator().create("cse-in", CNT, "{'rn':'data'}");

    assertThat(untold()).isEmpty();
  }
}
