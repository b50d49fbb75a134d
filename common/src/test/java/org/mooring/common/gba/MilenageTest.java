// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.vectors.Vectors;

/** The six sets of TS 35.207 clauses 4 to 6 and TS 35.208 clauses 4.3.1 to 4.3.6. */
class MilenageTest {
  static List<Vectors.Row> milenage() {
    return Vectors.rows("gba-vectors.json", "milenage");
  }

  @ParameterizedTest
  @MethodSource("milenage")
  void everyFunctionGivesWhatTheTestDataSay(Vectors.Row row) {
    Milenage milenage = new Milenage(new SubscriberKey(key(row, "k"), key(row, "opc")));
    Rand rand = new Rand(row.get("rand"));
    SequenceNumber number = SequenceNumber.of(hex(row, "sqn"));
    byte[] amf = hex(row, "amf");

    assertThat(milenage.networkMac(rand, number, amf)).isEqualTo(hex(row, "f1"));
    assertThat(milenage.resynchronisationMac(rand, number, amf)).isEqualTo(hex(row, "f1Star"));
    assertThat(milenage.response(rand)).isEqualTo(key(row, "f2"));
    assertThat(milenage.cipherKey(rand)).isEqualTo(key(row, "f3"));
    assertThat(milenage.integrityKey(rand)).isEqualTo(key(row, "f4"));
    assertThat(milenage.anonymityKey(rand)).isEqualTo(hex(row, "f5"));
    assertThat(milenage.resynchronisationAnonymityKey(rand)).isEqualTo(hex(row, "f5Star"));
  }

  @ParameterizedTest
  @MethodSource("milenage")
  void theOperatorsVariantFollowsFromKeyAndOperator(Vectors.Row row) {
    assertThat(Milenage.operatorVariant(key(row, "k"), key(row, "op"))).isEqualTo(key(row, "opc"));
  }

  @Test
  void keysOfAnotherLengthAreRefusedByName() {
    SecretKeyBytes tooLong = SecretKeyBytes.random();
    SecretKeyBytes good = SubscriberKey.random().k();

    assertThatThrownBy(() -> new SubscriberKey(tooLong, good)).hasMessage("K: give 16 octets");
    assertThatThrownBy(() -> new SubscriberKey(good, tooLong)).hasMessage("OPc: give 16 octets");
  }

  @Test
  void bothPartsOfASubscriberKeyTravelAsOne() {
    SubscriberKey key = SubscriberKey.random();

    assertThat(SubscriberKey.of(key.joined())).isEqualTo(key);
    assertThat(key.toString()).doesNotContain(HexFormat.of().formatHex(key.k().toByteArray()));
  }

  static SecretKeyBytes key(Vectors.Row row, String column) {
    return SecretKeyBytes.copyOf(hex(row, column));
  }

  private static byte[] hex(Vectors.Row row, String column) {
    return HexFormat.of().parseHex(row.get(column));
  }
}
