// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.zn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.bsf.NafKey;
import org.mooring.in.scenario.FakeOperator;
import org.mooring.in.scenario.FakeOperator.Bootstrapped;
import org.mooring.in.scenario.FakeOperator.Reply;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.ZnPki;

/** What the client sends and takes, against a server written from TS 29.309. */
class ZnClientTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  private static final Impi IMPI = Impi.parse("001@ims.operator.example");
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final FakeOperator operator = FakeOperator.started();
  private final ZnClient client = ZnClient.of(operator.root(), Optional.empty());
  private final Bootstrapped done = operator.bootstrapped(IMPI);

  @AfterEach
  void tearDown() {
    client.close();
    operator.close();
  }

  private NafKey ask() {
    return NodeClient.await(client.ask(done.transaction(), new NafId(MEF)));
  }

  private void fails(Reply reply, String reason) {
    operator.answers(done.transaction(), MEF, reply);
    fails(client, done, reason);
  }

  private static void fails(ZnClient client, Bootstrapped done, String reason) {
    assertThatThrownBy(() -> NodeClient.await(client.ask(done.transaction(), new NafId(MEF))))
        .rootCause()
        .isInstanceOf(Unusable.class)
        .hasMessage(reason);
  }

  @Test
  void asksAsTheSpecificationHasIt() {
    operator.answers(done.transaction(), MEF, done.keyOf(MEF));

    NafKey given = ask();

    assertThat(given.key()).isEqualTo(done.nafKey(MEF));
    assertThat(given.impi()).contains(IMPI);
    assertThat(given.expiresAt()).contains(Instant.parse("2999-01-01T00:00:00Z"));
    FakeOperator.Request request = operator.requests().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/nbsp-gba/v1/bootstrapping-info-retrieval");
    assertThat(request.body())
        .isEqualTo(
            ("{\"btId\":\"%s\",\"nafId\":{\"nafFqdn\":\"mef.sp.example.org\","
                    + "\"uaSecProtId\":\"010001c0a8\"}}")
                .formatted(done.transaction()));
    assertThat(request.head().get("Content-type")).containsExactly("application/json");
    assertThat(request.head().get("Accept"))
        .containsExactly("application/json, application/problem+json");
    assertThat(request.head().get("User-agent")).containsExactly("AF-mef.sp.example.org");
  }

  @Test
  void takesAnAnswerWithTheKeyAloneAndOneWithMoreThanIsKnown() {
    operator.answers(done.transaction(), MEF, done.keyOf(MEF, ""));
    NafKey bare = ask();
    assertThat(bare.key()).isEqualTo(done.nafKey(MEF));
    assertThat(bare.impi()).isEmpty();
    assertThat(bare.expiresAt()).isEmpty();

    operator.answers(
        done.transaction(),
        MEF,
        done.keyOf(
            MEF,
            ",\"uiccKeyMaterial\":\"%s\",\"keyExpiryTime\":\"2999-01-01T01:00:00.5+01:00\","
                    .formatted("00".repeat(32))
                + "\"bootstrappingInfoCreationTime\":\"2026-01-01T00:00:00Z\",\"ussList\":"
                + "[{\"uss\":{\"gsId\":1,\"gsType\":2,\"ueIds\":[{\"ueId\":\"sip:a@b\"}]}}],\"later\":{}"));
    NafKey full = ask();
    assertThat(full.key()).isEqualTo(done.nafKey(MEF));
    assertThat(full.expiresAt()).contains(Instant.parse("2999-01-01T00:00:00.500Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | UNKNOWN | the BSF does not know the B-TID (UNKNOWN)",
        "403 | NOT_YOURS | the BSF gives no key of mef.sp.example.org (NOT_YOURS)",
        "403 | no cause, but <a text> | the BSF gives no key of mef.sp.example.org",
        "400 | MANDATORY_IE_INCORRECT | the BSF answers 400 (MANDATORY_IE_INCORRECT)",
        "503 | NF_CONGESTION | the BSF answers 503 (NF_CONGESTION)",
        "307 | REDIRECTED | the BSF answers 307 (REDIRECTED)",
      })
  void aProblemTellsWhy(int status, String cause, String reason) {
    fails(Reply.problem(status, cause), reason);
    assertThat(operator.requests()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | meKeyMaterial: give it, a text",
        "{\"meKeyMaterial\":7} | meKeyMaterial: give it, a text",
        "{\"meKeyMaterial\":\"00ff\"} | meKeyMaterial: write 64 hex digits",
        "[] | send one JSON object",
        "<html/> | send one JSON object",
      })
  void anAnswerOfAnotherFormIsRefused(String body, String reason) {
    fails(Reply.json(body), "the BSF's answer, " + reason);
  }

  @Test
  void anAnswerOfMembersOutOfFormIsRefused() {
    fails(
        done.keyOf(MEF, ",\"keyExpiryTime\":\"soon\""),
        "the BSF's answer, keyExpiryTime: write a date-time (RFC 3339)");
    fails(done.keyOf(MEF, ",\"impi\":\"nobody\""), "the BSF's answer, impi: write user@realm");
  }

  /** A key that came of a SIM is worth less than a USIM's. */
  @ParameterizedTest
  @ValueSource(strings = {"2G_GBA", "GBA_DIGEST"})
  void noKeyOfAWeakerBootstrappingIsTaken(String type) {
    fails(
        done.keyOf(MEF, ",\"gbaType\":\"%s\"".formatted(type)),
        "the BSF's answer, gbaType: 3G_GBA alone is taken");
  }

  @Test
  void noMoreIsReadThanAnAnswerNeeds() {
    fails(
        Reply.json("{\"meKeyMaterial\":\"" + "0".repeat(1_000_000) + "\"}"),
        "the BSF gives no answer");
  }

  @Test
  void aBsfThatIsSilentIsLetGoOfWithinTheLimit() {
    long start = System.nanoTime();
    fails(Reply.SILENCE, "the BSF gives no answer");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);

    Bootstrapped next = operator.bootstrapped(IMPI);
    operator.answers(next.transaction(), MEF, next.keyOf(MEF));
    assertThat(NodeClient.await(client.ask(next.transaction(), new NafId(MEF))).key())
        .isEqualTo(next.nafKey(MEF));
  }

  @Test
  void aBsfThatIsDownAndAClientThatIsStoppedFail() {
    operator.close();
    fails(client, done, "the BSF gives no answer");
    client.close();
    fails(client, done, "the BSF gives no answer");
  }

  @Test
  void bothEndsShowCertificates(@TempDir Path folder) {
    ZnPki pki = ZnPki.in(folder.resolve("pki"));
    ZnPki other = ZnPki.in(folder.resolve("other"));
    try (FakeOperator secure = FakeOperator.secure(ZnPki.context(pki.identity("localhost")));
        ZnClient known = ZnClient.of(secure.root(), Optional.of(pki.identity("in.localhost")));
        ZnClient stranger =
            ZnClient.of(secure.root(), Optional.of(other.identity("in.localhost", pki)));
        ZnClient wary =
            ZnClient.of(secure.root(), Optional.of(pki.identity("in.localhost", other)))) {
      secure.answers(done.transaction(), MEF, done.keyOf(MEF));

      assertThat(NodeClient.await(known.ask(done.transaction(), new NafId(MEF))).key())
          .isEqualTo(done.nafKey(MEF));
      fails(stranger, done, "the BSF gives no answer");
      fails(wary, done, "the BSF gives no answer");
      assertThat(secure.requests()).hasSize(1);
    }
  }

  @Test
  void aCertificateOfAnotherHostIsNotTheBsfs(@TempDir Path folder) {
    ZnPki pki = ZnPki.in(folder);
    try (FakeOperator impostor = FakeOperator.secure(ZnPki.context(pki.identity("a.localhost")));
        ZnClient asking = ZnClient.of(impostor.root(), Optional.of(pki.identity("in.localhost")))) {
      fails(asking, done, "the BSF gives no answer");
      assertThat(impostor.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://bsf.operator.example:80",
        "http://127.0.0.1.example.org:80",
        "ftp://127.0.0.1",
        "https://user:secret@bsf.operator.example",
        "https://bsf.operator.example?x",
        "bsf.operator.example",
        "https://",
        "http://[::2]:80",
        "not a URL"
      })
  void keysPassWithoutTlsOnThisMachineAlone(String text) {
    assertThatThrownBy(() -> ApiRoot.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("BSF: write https://HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://bsf.operator.example",
        "https://bsf.operator.example:8443/prefix",
        "http://localhost:1",
        "http://[::1]:1"
      })
  void anApiRootMayHaveAPrefixAndASlashAtItsEnd(String text) {
    assertThat(ApiRoot.parse(text + "/")).isEqualTo(ApiRoot.parse(text)).hasToString(text);
  }
}
