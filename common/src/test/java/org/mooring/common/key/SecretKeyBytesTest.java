// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.RelativeKeyId;

class SecretKeyBytesTest {
  private static final byte[] OCTETS =
      "a-secret-key-of-32-octets-in-all".getBytes(StandardCharsets.US_ASCII);

  @Test
  void noTextFormShowsTheOctets() {
    SecretKeyBytes key = SecretKeyBytes.copyOf(OCTETS);
    RelativeKeyId id = RelativeKeyId.of(new byte[16]);

    for (String text : new String[] {key.toString(), new ExportedKey(id, key).toString()}) {
      assertThat(text)
          .doesNotContain("secret")
          .doesNotContainIgnoringCase(HexFormat.of().formatHex(OCTETS, 0, 4))
          .doesNotContain(Base64.getEncoder().encodeToString(OCTETS).substring(0, 8))
          .contains("32 octets");
    }
  }

  @Test
  void keysAreEqualByTheirOctets() {
    SecretKeyBytes key = SecretKeyBytes.copyOf(OCTETS);
    byte[] other = OCTETS.clone();
    other[31] ^= 1;

    assertThat(key).isEqualTo(SecretKeyBytes.copyOf(OCTETS));
    assertThat(key).hasSameHashCodeAs(SecretKeyBytes.copyOf(OCTETS));
    assertThat(key).isNotEqualTo(SecretKeyBytes.copyOf(other));
    assertThat(key).isNotEqualTo(SecretKeyBytes.copyOf(new byte[16]));
  }

  /** A hash that depended on the octets would tell about them wherever it shows. */
  @Test
  void theHashTellsNothingButTheLength() {
    assertThat(SecretKeyBytes.random()).hasSameHashCodeAs(SecretKeyBytes.random());
  }

  @Test
  void octetsAreCopiedInAndOut() {
    byte[] given = OCTETS.clone();
    SecretKeyBytes key = SecretKeyBytes.copyOf(given);
    given[0] = 0;
    key.toByteArray()[1] = 0;

    assertThat(key.toByteArray()).isEqualTo(OCTETS);
  }

  @Test
  void aDestroyedKeyGivesNothingAway() {
    SecretKeyBytes key = SecretKeyBytes.copyOf(OCTETS);
    key.destroy();

    assertThat(key.isDestroyed()).isTrue();
    assertThatThrownBy(key::toByteArray).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(key::fingerprint).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> key.toSecretKey("HmacSHA256"))
        .isInstanceOf(IllegalStateException.class);
  }

  /** Else every destroyed key would pass for every other one, and for a key of zeros. */
  @Test
  void aDestroyedKeyEqualsNoOtherKey() {
    SecretKeyBytes key = SecretKeyBytes.copyOf(OCTETS);
    key.destroy();
    SecretKeyBytes alsoDestroyed = SecretKeyBytes.random();
    alsoDestroyed.destroy();

    assertThat(key).isNotEqualTo(alsoDestroyed);
    assertThat(key).isNotEqualTo(SecretKeyBytes.copyOf(new byte[32]));
    assertThat(SecretKeyBytes.copyOf(new byte[32])).isNotEqualTo(key);
  }

  @Test
  void aFingerprintTellsKeysApartAndIsStable() {
    assertThat(SecretKeyBytes.copyOf(OCTETS).fingerprint())
        .matches("[0-9a-f]{12}")
        .isEqualTo(SecretKeyBytes.copyOf(OCTETS).fingerprint())
        .isNotEqualTo(SecretKeyBytes.random().fingerprint());
  }

  @Test
  void randomKeysHave32OctetsAndDiffer() {
    assertThat(SecretKeyBytes.random().length()).isEqualTo(32);
    assertThat(SecretKeyBytes.random()).isNotEqualTo(SecretKeyBytes.random());
  }

  @Test
  void anEmptyKeyIsNone() {
    assertThatThrownBy(() -> SecretKeyBytes.copyOf(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
