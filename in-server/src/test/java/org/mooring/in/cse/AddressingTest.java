// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.cse.TestCse.assertRefused;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.primitive.Refusal;

class AddressingTest {
  @TempDir Path folder;
  private TestCse cse;
  private TestCse.Party node;

  @BeforeEach
  void start() {
    cse = new TestCse(folder);
    node = cse.registered("/asn-1");
    node.container("cse-in/asn-1", "data");
  }

  @AfterEach
  void stop() {
    cse.close();
  }

  @ParameterizedTest
  @DisplayName("TS-0004 6.2.4: every scope and the shortcut name the same resource")
  @ValueSource(
      strings = {
        "cse-in/asn-1/data",
        "-/asn-1/data",
        "/id-in/cse-in/asn-1/data",
        "/id-in/-/asn-1/data",
        "//sp.example.org/id-in/cse-in/asn-1/data",
        "//sp.example.org/id-in/-/asn-1/data"
      })
  void structured(String to) {
    assertThat(node.retrieve(to).text("rn")).isEqualTo("data");
  }

  @Test
  @DisplayName("TS-0004 6.2.4: resourceID addresses in every scope, and what stands below it")
  void unstructured() {
    String ri = node.retrieve("cse-in/asn-1/data").text("ri");
    node.container("cse-in/asn-1/data", "inner");

    assertThat(node.retrieve(ri).text("rn")).isEqualTo("data");
    assertThat(node.retrieve("/id-in/" + ri).text("rn")).isEqualTo("data");
    assertThat(node.retrieve("//sp.example.org/id-in/" + ri).text("rn")).isEqualTo("data");
    assertThat(node.retrieve(ri + "/inner").text("pi")).isEqualTo(ri);
  }

  @Test
  @DisplayName("TS-0004 6.2.4: the shortcut alone names the CSEBase")
  void base() {
    assertThat(node.retrieve("-").text("csi")).isEqualTo("/id-in");
    assertThat(node.retrieve("id-in").text("rn")).isEqualTo("cse-in");
  }

  @ParameterizedTest
  @DisplayName("TS-0004 7.3.2.8: addresses that name nothing here are refused by their reason")
  @CsvSource({
    "/id-in, ADDRESS_WITHOUT_RESOURCE",
    "/id-in/, ADDRESS_WITHOUT_RESOURCE",
    "//sp.example.org/id-in, ADDRESS_WITHOUT_RESOURCE",
    "//sp.example.org, ADDRESS_WITHOUT_RESOURCE",
    "cse-in/asn-1/, ADDRESS_WITHOUT_RESOURCE",
    "/id-mn/cse-mn, NO_SUCH_RESOURCE",
    "/id-mn, NO_SUCH_RESOURCE",
    "//other.example.org/id-in/cse-in, NO_SUCH_RESOURCE",
    "cse-in/nobody, NO_SUCH_RESOURCE",
    "CSE-in, NO_SUCH_RESOURCE",
    "cse-in/la, NO_SUCH_RESOURCE",
    "cse-in//data, INVALID_PARAMETER",
    "cse-in/a b, INVALID_PARAMETER",
    "cse-in/asn-1#rr, UNSUPPORTED_PARAMETER"
  })
  void refused(String to, Refusal refusal) {
    assertRefused(refusal, () -> node.retrieve(to));
  }

  @Test
  @DisplayName("TS-0004 7.3.2.8: a registration in transit is refused with 4000")
  void registrationInTransit() {
    assertRefused(
        Refusal.REGISTRATION_THROUGH_TRANSIT,
        () -> cse.associated("/asn-2").create("/id-mn/cse-mn", TestCse.CSR, TestCse.REGISTRATION));
    assertRefused(
        Refusal.REGISTRATION_THROUGH_TRANSIT,
        () -> cse.open("").create("/id-mn/cse-mn", TestCse.AE, TestCse.APPLICATION));
  }
}
