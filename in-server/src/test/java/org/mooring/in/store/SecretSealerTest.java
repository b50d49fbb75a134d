// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.mooring.common.key.SecretKeyBytes;

class SecretSealerTest {
  private static final String ROW = "credential.sealed_key/AAAA@mef.sp.example.org";

  private final SecretSealer sealer = sealer();

  private static SecretSealer sealer() {
    return new SecretSealer(SecretKeyBytes.random().toSecretKey("AES"));
  }

  @Property(tries = 200)
  void opensWhatItSealed(@ForAll @Size(min = 1, max = 100) byte[] octets, @ForAll String row) {
    SecretKeyBytes key = SecretKeyBytes.copyOf(octets);
    assertThat(sealer.open(sealer.seal(key, row), row)).isEqualTo(key);
  }

  @Test
  void theLayoutIsVersionNonceCiphertextTag() {
    byte[] sealed = sealer.seal(SecretKeyBytes.random(), ROW);
    assertThat(sealed).hasSize(1 + 12 + 32 + 16).startsWith(1);
  }

  @Test
  void noTwoSealsOfOneKeyAreAlike() {
    SecretKeyBytes key = SecretKeyBytes.random();
    byte[] first = sealer.seal(key, ROW);
    byte[] second = sealer.seal(key, ROW);
    assertThat(Arrays.copyOfRange(first, 1, 13)).isNotEqualTo(Arrays.copyOfRange(second, 1, 13));
    assertThat(Arrays.copyOfRange(first, 13, 61)).isNotEqualTo(Arrays.copyOfRange(second, 13, 61));
  }

  @Property(tries = 200)
  void noChangedBitOpens(
      @ForAll @IntRange(max = 60) int octet, @ForAll @IntRange(max = 7) int bit) {
    byte[] sealed = sealer.seal(SecretKeyBytes.random(), ROW);
    sealed[octet] ^= (byte) (1 << bit);
    assertThatThrownBy(() -> sealer.open(sealed, ROW)).isInstanceOf(StoreException.class);
  }

  @Test
  void aSecretOpensInNoOtherRowAndUnderNoOtherKey() {
    SecretKeyBytes key = SecretKeyBytes.random();
    byte[] sealed = sealer.seal(key, ROW);
    assertThatThrownBy(() -> sealer.open(sealed, "credential.sealed_key/BBBB@mef.sp.example.org"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("moved");
    assertThatThrownBy(() -> sealer().open(sealed, ROW))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("key-encryption key")
        .hasMessageNotContaining(HexFormat.of().formatHex(key.toByteArray()));
  }

  @Test
  void whatIsTooShortIsRefused() {
    for (int length = 0; length < 29; length++) {
      byte[] sealed = new byte[length];
      Arrays.fill(sealed, (byte) 1);
      assertThatThrownBy(() -> sealer.open(sealed, ROW))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("damaged");
    }
  }
}
