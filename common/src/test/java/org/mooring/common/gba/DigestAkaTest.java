// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.common.gba.MilenageTest.key;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.vectors.Vectors;

/** Digests of the vectors were computed with another implementation of MD5. */
class DigestAkaTest {
  private static final Fqdn REALM = new Fqdn("mef.sp.example.org");
  private static final Impi USER = Impi.parse("001010123456789@ims.mnc001.mcc001.3gppnetwork.org");
  private static final SubscriberKey KEY = SubscriberKey.random();
  private static final AuthenticationVector VECTOR =
      Aka.vector(KEY, Rand.random(), SequenceNumber.of(1, 1));
  private static final DigestChallenge CHALLENGE = new DigestChallenge(REALM, VECTOR);

  static List<Vectors.Row> digest() {
    return Vectors.rows("gba-vectors.json", "digest");
  }

  @ParameterizedTest
  @MethodSource("digest")
  void aResponseMadeElsewhereIsGood(Vectors.Row row) {
    assertThat(
            DigestAka.isGood(answer(row, row.get("response"), Optional.empty()), key(row, "res")))
        .isTrue();
    assertThat(
            DigestAka.isGood(
                answer(row, row.get("staleResponse"), Optional.of(row.get("auts"))),
                SecretKeyBytes.random()))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("digest")
  void theContentIsConfirmedAsElsewhere(Vectors.Row row) {
    byte[] document =
        new BootstrappingInfo(
                TransactionId.parse(row.get("btid")), Instant.parse(row.get("lifetime")))
            .toXml();

    DigestConfirmation confirmation =
        DigestAka.confirm(
            answer(row, row.get("response"), Optional.empty()), key(row, "res"), document);

    assertThat(confirmation.responseAuth()).isEqualTo(row.get("rspauth"));
  }

  private static DigestCredentials.Answer answer(
      Vectors.Row row, String response, Optional<String> auts) {
    String text =
        ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"/\", qop=auth-int,"
                + " nc=00000001, cnonce=\"%s\", response=\"%s\", algorithm=AKAv1-MD5%s")
            .formatted(
                row.get("username"),
                row.get("realm"),
                row.get("nonce"),
                row.get("cnonce"),
                response,
                auts.map(token -> ", auts=\"" + token + "\"").orElse(""));
    return (DigestCredentials.Answer) DigestCredentials.parse(text);
  }

  @Test
  void eachEndRecognisesTheOther() {
    SecretKeyBytes response = VECTOR.expectedResponse();
    byte[] content = {1, 2, 3};

    DigestCredentials.Answer answer = DigestAka.answer(CHALLENGE, USER, UbContent.URI, response);
    DigestConfirmation confirmation = DigestAka.confirm(answer, response, content);

    assertThat(DigestAka.isGood(answer, response)).isTrue();
    assertThat(DigestAka.isGood(answer, SecretKeyBytes.random())).isFalse();
    assertThat(DigestAka.isGood(confirmation, answer, response, content)).isTrue();
    assertThat(DigestAka.isGood(confirmation, answer, response, new byte[] {1, 2})).isFalse();
    assertThat(DigestAka.isGood(confirmation, answer, SecretKeyBytes.random(), content)).isFalse();
  }

  @Test
  void whatAServerAddsToItsNonceIsGivenBack() {
    String nonce =
        Base64.getEncoder()
            .encodeToString(
                Octets.joined(VECTOR.rand().octets(), VECTOR.autn().octets(), new byte[] {7}));
    DigestChallenge challenge = new DigestChallenge(REALM, nonce);

    DigestCredentials.Answer answer =
        DigestAka.answer(challenge, USER, UbContent.URI, VECTOR.expectedResponse());

    assertThat(answer.nonce()).isEqualTo(nonce);
    assertThat(answer.challenge()).isEqualTo(CHALLENGE.aka());
  }

  @Test
  void aTokenOfResynchronisationIsNoAnswer() {
    Auts auts = Aka.auts(KEY, VECTOR.rand(), SequenceNumber.of(9, 9));

    DigestCredentials.Answer stale = DigestAka.answer(CHALLENGE, USER, UbContent.URI, auts);

    assertThat(stale.auts()).contains(auts);
    assertThat(DigestAka.isGood(withoutAuts(stale), VECTOR.expectedResponse())).isFalse();
  }

  private static DigestCredentials.Answer withoutAuts(DigestCredentials.Answer answer) {
    return new DigestCredentials.Answer(
        answer.username(),
        answer.realm(),
        answer.nonce(),
        answer.uri(),
        answer.clientNonce(),
        answer.nonceCount(),
        answer.response(),
        Optional.empty());
  }

  @Test
  void fieldsAreReadAsTheyAreWritten() {
    DigestCredentials opening = new DigestCredentials.Opening(USER, REALM, UbContent.URI);
    DigestCredentials answer =
        DigestAka.answer(CHALLENGE, USER, UbContent.URI, VECTOR.expectedResponse());
    DigestConfirmation confirmation = new DigestConfirmation("00", "11", "00000001");

    assertThat(DigestChallenge.parse(CHALLENGE.toString())).isEqualTo(CHALLENGE);
    assertThat(DigestCredentials.parse(opening.toString())).isEqualTo(opening);
    assertThat(DigestCredentials.parse(answer.toString())).isEqualTo(answer);
    assertThat(DigestConfirmation.parse(confirmation.toString())).isEqualTo(confirmation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic realm=\"a\"",
        "Digest",
        "Digest realm",
        "Digest realm=\"a",
        "Digest realm=\"a\"b=c",
        "Digest realm=\"a\",",
        "Digest realm=\"a\", REALM=\"a\"",
        "Digest realm=\"a\\\"\"",
        "Digest realm=\"a.example.org\", nonce=\"AA==\", algorithm=AKAv1-MD5, qop=\"auth-int\"",
        "Digest realm=\"a.example.org\", nonce=\"AA==\", algorithm=MD5, qop=\"auth-int\"",
        "Digest realm=\"a.example.org\", nonce=\"AA==\", algorithm=AKAv1-MD5, qop=\"auth\""
      })
  void whatIsNoChallengeIsRefused(String text) {
    assertThatThrownBy(() -> DigestChallenge.parse(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aBootstrappingIsReadInAnyLayout() {
    String document =
        "<?xml version='1.0'?>\r\n<BootstrappingInfo xmlns=\"uri:3gpp-gba\">\n"
            + "  <btid>AAECAwQFBgcICQoLDA0ODw==@bsf.example.org</btid>\n"
            + "  <lifetime>2030-01-31T13:00:00+01:00</lifetime>\n</BootstrappingInfo>";

    assertThat(BootstrappingInfo.ofXml(document.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new BootstrappingInfo(
                TransactionId.parse("AAECAwQFBgcICQoLDA0ODw==@bsf.example.org"),
                Instant.parse("2030-01-31T12:00:00Z")));
  }
}
