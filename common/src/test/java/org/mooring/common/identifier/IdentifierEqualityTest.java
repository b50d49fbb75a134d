// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class IdentifierEqualityTest {
  private static final String HEX = "0123456789abcdef0123456789abcdef";
  private static final KeyIdentifier ID = KeyIdentifier.parse(HEX + "@mef.sp.example.org");

  @Test
  void anIdentifierInAnotherCaseIsTheSame() {
    KeyIdentifier folded =
        KeyIdentifier.parse(HEX.toUpperCase(Locale.ROOT) + "@MEF.sp.example.org");

    assertThat(folded).isEqualTo(ID).hasSameHashCodeAs(ID);
  }

  @Test
  void anIdentifierWithAnotherPartIsAnother() {
    assertThat(ID)
        .isNotEqualTo(KeyIdentifier.parse("kpm@mef.sp.example.org"))
        .isNotEqualTo(KeyIdentifier.parse(HEX + "@maf.sp.example.org"))
        .isNotEqualTo(ID.toString());
  }

  @Test
  void aDomainNameIsTheSameInAnotherCaseOnly() {
    Fqdn name = new Fqdn("sp.example.org");

    assertThat(new Fqdn("SP.Example.org")).isEqualTo(name).hasSameHashCodeAs(name);
    assertThat(name).isNotEqualTo(new Fqdn("mef.sp.example.org")).isNotEqualTo("sp.example.org");
  }
}
