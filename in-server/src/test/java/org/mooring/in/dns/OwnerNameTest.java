// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.SpId;
import org.mooring.in.provider.ServiceProvider;

class OwnerNameTest {
  private static final ServiceProvider PROVIDER = provider("sp.example.org");

  private static ServiceProvider provider(String sp) {
    return new ServiceProvider(
        new SpId(new Fqdn(sp)),
        new Fqdn("mef.example.org"),
        new Fqdn("maf.example.org"),
        new CseId("/id-in"),
        "cse-in",
        List.of(),
        new ServiceProvider.Lifetimes(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)));
  }

  private static String nameOf(String cse) {
    return OwnerName.of(new CseId(cse), PROVIDER).value();
  }

  @ParameterizedTest
  @DisplayName("TS-0001 6.5.1.1: the CSE-ID before the infrastructure node's domain name")
  @CsvSource({
    "/pump7, pump7.id-in.sp.example.org",
    "//sp.example.org/pump7, pump7.id-in.sp.example.org",
    "/asn-018f2c41a3e0, asn-018f2c41a3e0.id-in.sp.example.org",
    "/7, 7.id-in.sp.example.org",
    "/MN-CSEID, mn-cseid.id-in.sp.example.org",
    "/hall.pump7, hall.pump7.id-in.sp.example.org"
  })
  void theCseIdStandsBeforeTheNodesDomain(String cse, String name) {
    assertThat(nameOf(cse)).isEqualTo(name);
  }

  @Test
  void aLabelHas63CharactersAtMost() {
    assertThat(nameOf("/" + "a".repeat(63))).startsWith("a".repeat(63) + ".id-in");
    assertThatThrownBy(() -> nameOf("/" + "a".repeat(64)))
        .isInstanceOf(IdentifierSyntaxException.class);
  }

  @Test
  void aNameHas253CharactersAtMost() {
    String labels = ("a".repeat(59) + ".").repeat(3);
    String sp = labels + "a".repeat(40) + ".org";
    ServiceProvider longest = provider(sp);
    int left = 253 - ".id-in.".length() - sp.length();

    assertThat(OwnerName.of(new CseId("/" + "b".repeat(left)), longest).value()).hasSize(253);
    assertThatThrownBy(() -> OwnerName.of(new CseId("/" + "b".repeat(left + 1)), longest))
        .isInstanceOf(IdentifierSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pump_7", "/-pump", "/pump-", "/hall..pump", "/.pump"})
  void someCseIdsCanNotStandInADomainName(String cse) {
    assertThatThrownBy(() -> nameOf(cse)).isInstanceOf(IdentifierSyntaxException.class);
  }
}
