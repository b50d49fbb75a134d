// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.cse.TestCse.PROVIDER;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.provider.ServiceProvider;

class CseBaseTest {
  @TempDir Path folder;

  @Test
  @DisplayName("TS-0004 7.4.3: the CSEBase tells what the CSE is")
  void attributes() {
    try (TestCse cse = new TestCse(folder)) {
      Attributes base = cse.associated("/asn-1").retrieve("cse-in").attributes();

      assertThat(base.whole("ty")).hasValue(5);
      assertThat(base.whole("cst")).hasValue(1);
      assertThat(base.text("csi")).contains("/id-in");
      assertThat(base.text("ri")).contains("id-in");
      assertThat(base.text("pi")).contains("");
      assertThat(base.texts("srv")).containsExactly("2a", "3");
      assertThat(base.texts("csz")).containsExactly("json", "cbor");
      assertThat(base.texts("poa")).containsExactly("coaps://in.example.org:5684");
      assertThat(base.get("srt"))
          .contains(
              new AttributeValue.Items(
                  List.of(1L, 2L, 3L, 4L, 5L, 11L, 16L, 19L, 20L, 10002L).stream()
                      .map(AttributeValue::of)
                      .toList()));
      assertThat(base.has("et")).isFalse();
      assertThat(base.has("st")).isFalse();
    }
  }

  @Test
  @DisplayName("A restart keeps the tree; a changed point of access shows")
  void restart() {
    try (TestCse cse = new TestCse(folder)) {
      cse.registered("/asn-1");
      cse.pass(Duration.ofSeconds(9));
      cse.write(
          tx -> {
            new CseEndpoint(named("/id-in", "cse-in", List.of())).prepare(tx);
            return true;
          });

      Attributes base = cse.associated("/asn-1").retrieve("cse-in").attributes();

      assertThat(base.has("poa")).isFalse();
      assertThat(base.timestamp("lt")).contains(TestCse.START.plusSeconds(9));
      assertThat(cse.associated("/asn-1").retrieve("cse-in/asn-1").status()).isEqualTo(2000);
    }
  }

  @Test
  @DisplayName("Data of a CSE with another name is not taken over")
  void otherName() {
    try (TestCse cse = new TestCse(folder)) {
      for (ServiceProvider other :
          List.of(named("/id-other", "cse-in", List.of()), named("/id-in", "base", List.of()))) {
        assertThatThrownBy(
                () ->
                    cse.write(
                        tx -> {
                          new CseEndpoint(other).prepare(tx);
                          return true;
                        }))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("/id-in");
      }
    }
  }

  @Test
  @DisplayName("RFC 6690: discovery lists the bases of MEF, MAF and CSE")
  void discovery() {
    assertThat(Discovery.linkFormat(PROVIDER, List.of()))
        .isEqualTo(
            "</_/mef.sp.example.org/->;rt=\"oneM2M.MEFBase\";title=\"mef.sp.example.org\";ct=\"50 60\","
                + "</_/maf.sp.example.org/->;rt=\"oneM2M.MAFBase\";title=\"maf.sp.example.org\";ct=\"50 60\","
                + "</~/id-in/cse-in>;rt=\"oneM2M.CSEBase\";title=\"id-in.sp.example.org\";ct=\"50 60\"");
  }

  private static ServiceProvider named(String csi, String name, List<String> accessPoints) {
    return new ServiceProvider(
        PROVIDER.sp(),
        PROVIDER.mef(),
        PROVIDER.maf(),
        new CseId(csi),
        name,
        accessPoints,
        PROVIDER.lifetimes());
  }
}
