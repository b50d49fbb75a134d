// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.Autn;
import org.mooring.common.gba.Auts;
import org.mooring.common.gba.Rand;
import org.mooring.common.key.SecretKeyBytes;

/** What goes to the card and comes from it, octet by octet (TS 31.102 clause 7.1.2). */
class CardUsimTest {
  /** Test set 1 of TS 35.208. */
  private static final String RAND = "23553cbe9637a89d218ae64dae47bf35";

  private static final String AUTN = "55f328b43577b9b94a9ffac354dfafb3";
  private static final String RES = "a54211d5e3ba50bf";
  private static final String CK = "b40ba9a3c58b2a05bbf0d987b21bf8cb";
  private static final String IK = "f769bcd751044604127672711c6d3441";

  private static final String SELECT = "00a4040c07a0000000871002";
  private static final String AUTHENTICATE = "0088008122" + "10" + RAND + "10" + AUTN + "00";
  private static final AkaNonce CHALLENGE = new AkaNonce(new Rand(RAND), new Autn(AUTN));

  private final List<String> commands = new ArrayList<>();

  @Test
  void selectsTheUsimAndPassesTheChallengeOn() {
    Usim.Answer answer = answerTo("db" + "08" + RES + "10" + CK + "10" + IK + "9000");

    assertThat(commands).containsExactly(SELECT, AUTHENTICATE);
    assertThat(answer).isEqualTo(new Usim.Answer.Authenticated(key(RES), key(CK + IK)));
  }

  @Test
  void passesOverTheKcForOlderNetworks() {
    Usim.Answer answer =
        answerTo("db" + "08" + RES + "10" + CK + "10" + IK + "08" + "eae4be823af9a08b" + "9000");

    assertThat(answer).isEqualTo(new Usim.Answer.Authenticated(key(RES), key(CK + IK)));
  }

  @Test
  void bringsTheResynchronisationOfAStaleChallenge() {
    String auts = "0102030405060708090a0b0c0d0e";

    assertThat(answerTo("dc" + "0e" + auts + "9000"))
        .isEqualTo(new Usim.Answer.Stale(new Auts(auts)));
  }

  @Test
  void saysThatTheMacIsWrong() {
    assertThat(answerTo("9862")).isEqualTo(new Usim.Answer.WrongMac());
  }

  @ParameterizedTest
  @CsvSource({
    "6982, asks for its PIN",
    "6a82, does not know AUTHENTICATE",
    "6f00, answered 6F00",
    "9000, can not be read",
    "db08a54211d59000, can not be read",
    "db11000102030405060708090a0b0c0d0e0f109000, can not be read",
    "90, is no response"
  })
  void aCardThatGivesNoAnswerIsNoUsim(String response, String reason) {
    assertThatThrownBy(() -> answerTo(response))
        .isInstanceOf(UsimUnavailableException.class)
        .hasMessageStartingWith("usim: ")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6a82", "6a86"})
  void aCardWithoutAUsimGetsNoChallenge(String response) {
    SmartCard card = card(List.of(response));

    assertThatThrownBy(() -> new CardUsim(card).authenticate(CHALLENGE))
        .isInstanceOf(UsimUnavailableException.class);
    assertThat(commands).containsExactly(SELECT);
  }

  private Usim.Answer answerTo(String response) {
    return new CardUsim(card(List.of("9000", response))).authenticate(CHALLENGE);
  }

  /** A card that has these responses, one for each command. */
  private SmartCard card(List<String> responses) {
    return new SmartCard() {
      @Override
      public <T> T alone(Exchange<T> exchange) {
        return exchange.run(
            command -> {
              commands.add(HexFormat.of().formatHex(command).toLowerCase(Locale.ROOT));
              return HexFormat.of().parseHex(responses.get(commands.size() - 1));
            });
      }
    };
  }

  private static SecretKeyBytes key(String hex) {
    return SecretKeyBytes.copyOf(HexFormat.of().parseHex(hex));
  }
}
