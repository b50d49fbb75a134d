// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.common.gba.MilenageTest.key;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.vectors.Vectors;

/** Tokens of the vectors were computed with another implementation of AES. */
class AkaTest {
  private static final SubscriberKey KEY = SubscriberKey.random();
  private static final SequenceNumber NUMBER = SequenceNumber.of(7, 3);

  static List<Vectors.Row> aka() {
    return Vectors.rows("gba-vectors.json", "aka");
  }

  @ParameterizedTest
  @MethodSource("aka")
  void aVectorIsWhatAUsimReads(Vectors.Row row) {
    SubscriberKey subscriber = new SubscriberKey(key(row, "k"), key(row, "opc"));
    Rand rand = new Rand(row.get("rand"));
    SequenceNumber number = number(row);

    AuthenticationVector vector = Aka.vector(subscriber, rand, number);

    assertThat(vector.autn().hex()).isEqualTo(row.get("autn"));
    assertThat(vector.expectedResponse()).isEqualTo(key(row, "res"));
    assertThat(vector.sessionKey()).isEqualTo(key(row, "ks"));
    assertThat(Aka.open(subscriber, rand, vector.autn()))
        .contains(new Aka.Opened(number, key(row, "res"), key(row, "ks")));
  }

  @ParameterizedTest
  @MethodSource("aka")
  void aTokenOfResynchronisationTellsTheUsimsNumber(Vectors.Row row) {
    SubscriberKey subscriber = new SubscriberKey(key(row, "k"), key(row, "opc"));
    Rand rand = new Rand(row.get("rand"));

    Auts auts = Aka.auts(subscriber, rand, number(row));

    assertThat(auts.hex()).isEqualTo(row.get("auts"));
    assertThat(Aka.numberIn(auts, subscriber, rand)).contains(number(row));
  }

  @Test
  void aChallengeThatWasChangedOrMadeWithAnotherKeyIsRefused() {
    Rand rand = Rand.random();
    Autn autn = Aka.vector(KEY, rand, NUMBER).autn();

    for (int i = 0; i < Autn.OCTETS; i++) {
      byte[] changed = autn.octets();
      changed[i] ^= 1;
      assertThat(Aka.open(KEY, rand, Autn.of(changed))).isEmpty();
    }
    assertThat(Aka.open(KEY, Rand.random(), autn)).isEmpty();
    assertThat(Aka.open(SubscriberKey.random(), rand, autn)).isEmpty();
  }

  @Test
  void aTokenOfResynchronisationThatWasChangedIsRefused() {
    Rand rand = Rand.random();
    Auts auts = Aka.auts(KEY, rand, NUMBER);

    for (int i = 0; i < Auts.OCTETS; i++) {
      byte[] changed = auts.octets();
      changed[i] ^= 1;
      assertThat(Aka.numberIn(Auts.of(changed), KEY, rand)).isEmpty();
    }
    assertThat(Aka.numberIn(auts, KEY, Rand.random())).isEmpty();
  }

  private static SequenceNumber number(Vectors.Row row) {
    return SequenceNumber.of(HexFormat.of().parseHex(row.get("sqn")));
  }
}
