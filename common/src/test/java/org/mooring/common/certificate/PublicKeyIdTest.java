// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PublicKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.certificate.PublicKeyId.Algorithm;
import org.mooring.common.vectors.Vectors;

/** Identifiers of a key that OpenSSL made, out of {@code sha256sum} and {@code base64}. */
class PublicKeyIdTest {
  private static final Vectors.Row VECTOR =
      Vectors.rows("public-key-identifiers.json", "keys").get(0);
  private static final PublicKey KEY =
      CertificateKeys.decodePublic(HexFormat.of().parseHex(VECTOR.get("spki")));

  @ParameterizedTest
  @EnumSource
  void eachAlgorithmGivesItsUri(Algorithm algorithm) {
    PublicKeyId id = PublicKeyId.of(KEY, algorithm);

    assertThat(id).hasToString(VECTOR.get(algorithm.text()));
    assertThat(PublicKeyId.parse(id.toString())).isEqualTo(id);
    assertThat(id.matches(KEY)).isTrue();
  }

  @Test
  void theLongestIsTheUsualOne() {
    assertThat(PublicKeyId.of(KEY)).hasToString(VECTOR.get("sha-256"));
  }

  @Test
  void aKeyIsKnownUnderTheBeginningOfItsDigest() {
    assertThat(PublicKeyId.of(KEY).relativeId()).isEqualTo(VECTOR.get("relativeId"));
    assertThat(PublicKeyId.relativeIds(KEY))
        .containsExactly(VECTOR.get("relativeId"), VECTOR.get("relativeId-120"));
  }

  @ParameterizedTest
  @EnumSource
  void anotherDigestMatchesNot(Algorithm algorithm) {
    String digest = PublicKeyId.of(KEY, algorithm).digest();
    PublicKeyId other = new PublicKeyId(algorithm, digest.substring(0, digest.length() - 1) + "f");

    assertThat(other.matches(KEY)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha-256;NuGr_TXosonYjZcSamGXin3q2tNrlXWXNIEeJp56cVo",
        "ni://example.org/sha-256;NuGr_TXosonYjZcSamGXin3q2tNrlXWXNIEeJp56cVo",
        "ni:///sha-256;NuGr+TXosonYjZcSamGXin3q2tNrlXWXNIEeJp56cVo",
        "ni:///sha-256;NuGr_TXosonYjZcSamGXig",
        "ni:///sha-256-128;NuGr_TXosonYjZcSamGXig?ct=text/plain",
        "ni:///sha-256-32;NuGr_Q"
      })
  void otherFormsAreNone(String text) {
    assertThatThrownBy(() -> PublicKeyId.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("public key identifier: ");
  }
}
