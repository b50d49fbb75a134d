// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.mooring.common.gba.NafId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;

class NafKeyRingTest {
  private static final NafId MEF = new NafId(new Fqdn("mef.a"));
  private static final NafId MAF = new NafId(new Fqdn("maf.example.org"));
  private static final NafId LONGEST =
      new NafId(
          new Fqdn(
              String.join(".", "a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61))));

  private final SecretKeyBytes first = SecretKeyBytes.random();
  private final SecretKeyBytes second = SecretKeyBytes.random();

  @Test
  void hasTheFormThatIsSealed() {
    SecretKeyBytes key = SecretKeyBytes.copyOf(new byte[] {7});

    assertThat(HexFormat.of().formatHex(NafKeyRing.of(MEF, key).toByteArray()))
        .isEqualTo("05" + "6d65662e61" + "07");
  }

  @Test
  void eachFunctionFindsItsOwnKey() {
    SecretKeyBytes ring = NafKeyRing.with(NafKeyRing.of(LONGEST, first), MAF, second);

    assertThat(NafKeyRing.find(ring, LONGEST)).contains(first);
    assertThat(NafKeyRing.find(ring, MAF)).contains(second);
    assertThat(NafKeyRing.find(ring, MEF)).isEmpty();
  }
}
