// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.common.gba.MilenageTest.key;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.vectors.Vectors;

/** Keys of the vectors were computed with another implementation of HMAC. */
class NafIdTest {
  static List<Vectors.Row> nafSpecific() {
    return Vectors.rows("gba-vectors.json", "nafSpecific");
  }

  @ParameterizedTest
  @MethodSource("nafSpecific")
  void aFunctionsKeyIsWhatTheVectorSays(Vectors.Row row) {
    NafId naf = new NafId(new Fqdn(row.get("fqdn")));

    assertThat(HexFormat.of().formatHex(naf.octets())).isEqualTo(row.get("nafId"));
    assertThat(naf.key(key(row, "ks"), new Rand(row.get("rand")), Impi.parse(row.get("impi"))))
        .isEqualTo(key(row, "key"));
  }

  @Test
  void aTransactionIsKnownByItsChallengeInHex() {
    TransactionId id = TransactionId.parse("AAECAwQFBgcICQoLDA0ODw==@MEF.example.org");

    assertThat(id).hasToString("AAECAwQFBgcICQoLDA0ODw==@mef.example.org");
    assertThat(id.canonical()).hasToString("000102030405060708090A0B0C0D0E0F@mef.example.org");
    assertThat(TransactionId.isTransactionId(id.identifier())).isTrue();
    assertThat(TransactionId.isTransactionId(id.canonical())).isFalse();
  }

  @Test
  void eachTransactionHasOneIdentifier() {
    for (String other :
        List.of(
            "AAECAwQFBgcICQoLDA0ODx==@mef.example.org",
            "AAECAwQFBgcICQoLDA0ODw@mef.example.org",
            "AAECAwQFBgcICQoLDA0ODw_=@mef.example.org")) {
      assertThatThrownBy(() -> TransactionId.parse(other)).hasMessageStartingWith("B-TID: ");
    }
    assertThat(TransactionId.parse("aAECAwQFBgcICQoLDA0ODw==@mef.example.org"))
        .isNotEqualTo(TransactionId.parse("AAECAwQFBgcICQoLDA0ODw==@mef.example.org"));
  }
}
