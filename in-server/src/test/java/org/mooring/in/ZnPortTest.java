// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.RunningServer.MEF;
import static org.mooring.in.scenario.RunningServer.givenServer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.bsf.Agreement;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.scenario.UbNode;
import org.mooring.in.scenario.ZnPki;
import org.mooring.in.zn.ApiRoot;
import org.mooring.in.zn.TlsIdentity;
import org.mooring.in.zn.ZnClient;

/** The BSF as functions of others see it, over TLS with HTTP/2 and on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZnPortTest {
  private static final Fqdn NAF = new Fqdn("mef.provider.example");
  private static final Agreement AGREEMENT =
      Agreement.parse("in.localhost=" + NAF + ",maf.provider.example");

  private final ZnPki pki;
  private final RunningServer server;

  ZnPortTest(@TempDir Path folder) {
    pki = ZnPki.in(folder.resolve("pki"));
    server = operator(folder.resolve("data"), Optional.of(pki.identity("localhost")));
  }

  @AfterAll
  void tearDown() {
    server.close();
  }

  private static RunningServer operator(Path data, Optional<TlsIdentity> tls) {
    ZnSettings.Service service = new ZnSettings.Service(0, List.of(AGREEMENT));
    return givenServer(data)
        .withUb()
        .withZn(new ZnSettings(tls, Optional.empty(), Optional.of(service)))
        .started();
  }

  private HttpClient asker(String name) {
    return HttpClient.newBuilder().sslContext(ZnPki.context(pki.identity(name))).build();
  }

  private HttpResponse<byte[]> ask(HttpClient client, String body) throws Exception {
    return ask(client, "https", server, "application/json", body);
  }

  private static HttpResponse<byte[]> ask(
      HttpClient client, String scheme, RunningServer server, String type, String body)
      throws Exception {
    URI resource =
        URI.create(
            "%s://localhost:%d/nbsp-gba/v1/bootstrapping-info-retrieval"
                .formatted(scheme, server.zn().getPort()));
    return client.send(
        HttpRequest.newBuilder(resource)
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String question(Object transaction, Fqdn naf) {
    return question(transaction, naf, "010001C0A8");
  }

  private static String question(Object transaction, Fqdn naf, String protocol) {
    return "{\"btId\":\"%s\",\"nafId\":{\"nafFqdn\":\"%s\",\"uaSecProtId\":\"%s\"},\"gsIds\":[1]}"
        .formatted(transaction, naf, protocol);
  }

  private static Attributes document(HttpResponse<byte[]> answer) {
    return ContentCodec.readAttributes(Serialization.JSON, answer.body());
  }

  @Test
  void whoHasAnAgreementGetsTheKeysOfItsFunctions() throws Exception {
    UbNode usim = server.withUsim("00101-shared");
    UbNode.Bootstrapped done = usim.bootstrapped(UbNode.Carrier.COAP);
    TransactionId transaction = done.info().transaction();

    HttpResponse<byte[]> answer = ask(asker("in.localhost"), question(transaction, NAF));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    Attributes told = document(answer);
    assertThat(told.text("meKeyMaterial"))
        .contains(
            HexFormat.of()
                .formatHex(
                    new NafId(NAF)
                        .key(done.sessionKey(), transaction.rand(), usim.impi())
                        .toByteArray()));
    assertThat(told.text("impi")).contains(usim.impi().toString());
    assertThat(told.text("gbaType")).contains("3G_GBA");
    assertThat(told.text("keyExpiryTime").map(Instant::parse)).contains(done.info().expiresAt());
    assertThat(server.hasAudited(AuditAction.NAF_KEY_HANDED_OVER, canonical(transaction))).isTrue();
  }

  @Test
  void nobodyGetsTheKeysOfAnothersFunctions() throws Exception {
    UbNode usim = server.withUsim("00101-apart");
    TransactionId transaction = usim.bootstrapped(UbNode.Carrier.HTTP).info().transaction();

    HttpResponse<byte[]> ours = ask(asker("in.localhost"), question(transaction, MEF));
    HttpResponse<byte[]> stranger = ask(asker("other.localhost"), question(transaction, NAF));

    assertThat(ours.statusCode()).isEqualTo(403);
    assertThat(ours.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(document(ours).whole("status")).hasValue(403);
    assertThat(document(ours).text("detail")).contains("no agreement names this function");
    assertThat(stranger.statusCode()).isEqualTo(403);
    assertThat(document(stranger).text("detail")).contains("no agreement names your certificate");
    await().until(() -> server.hasAudited(AuditAction.NAF_KEY_REFUSED, canonical(transaction)));
  }

  @Test
  void aTransactionThatIsUnknownRevokedOrAnothersHasNoKey() throws Exception {
    HttpClient asker = asker("in.localhost");
    TransactionId unknown = new TransactionId(Rand.random(), MEF);
    TransactionId anothers = new TransactionId(Rand.random(), new Fqdn("bsf.operator.example"));
    UbNode usim = server.withUsim("00101-ended");
    TransactionId revoked = usim.bootstrapped(UbNode.Carrier.COAP).info().transaction();
    assertThat(ask(asker, question(revoked, NAF)).statusCode()).isEqualTo(200);
    NodeClient.await(server.in().admin().revokeEnrolee(usim.enrolee().id(), "lost"));

    for (TransactionId transaction : List.of(unknown, anothers, revoked)) {
      HttpResponse<byte[]> answer = ask(asker, question(transaction, NAF));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(document(answer).text("detail")).contains("no such B-TID");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | MANDATORY_IE_MISSING | btId: give it, a text",
        "{\"btId\":\"x@y\"} | MANDATORY_IE_MISSING | nafId: give it, a text",
        "[] | INVALID_MSG_FORMAT | send one JSON object",
        "{\"btId\":\"x@y\",\"nafId\":{\"nafFqdn\":\"a.b\",\"uaSecProtId\":\"010001C0A8\"}}"
            + " | MANDATORY_IE_INCORRECT"
            + " | btId or nafFqdn: B-TID: write base64 of 16 octets and '@bsf-fqdn'",
        "{\"btId\":\"x@y\",\"nafId\":{\"nafFqdn\":\"a.b\",\"uaSecProtId\":\"0100010002\"}}"
            + " | MANDATORY_IE_INCORRECT"
            + " | uaSecProtId: keys of 010001c0a8 alone are handed over",
      })
  void aQuestionOfAnotherFormIsToldWhatIsWrong(String body, String cause, String detail)
      throws Exception {
    HttpResponse<byte[]> answer = ask(asker("in.localhost"), body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(document(answer).text("cause")).contains(cause);
    assertThat(document(answer).text("detail")).contains(detail);
  }

  @Test
  void anotherMediaTypeAndAnotherPathAreRefused() throws Exception {
    HttpClient asker = asker("in.localhost");

    assertThat(ask(asker, "https", server, "text/plain", "{}").statusCode()).isEqualTo(415);
    HttpRequest elsewhere =
        HttpRequest.newBuilder(
                URI.create("https://localhost:" + server.zn().getPort() + "/nbsp-gba/v1/other"))
            .build();
    assertThat(asker.send(elsewhere, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void whoShowsNoCertificateOrAnotherCasIsNotHeard(@TempDir Path folder) {
    String body = question(new TransactionId(Rand.random(), MEF), NAF);
    TlsIdentity foreign = ZnPki.in(folder).identity("in.localhost", pki);
    HttpClient stranger = HttpClient.newBuilder().sslContext(ZnPki.context(foreign)).build();

    assertThatThrownBy(() -> ask(stranger, body)).isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> ask(HttpClient.newHttpClient(), "http", server, "application/json", body))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whoseCertificateIsRevokedIsHeardNoMore(@TempDir Path folder) throws Exception {
    String body = question(new TransactionId(Rand.random(), MEF), NAF);
    try (RunningServer checking = operator(folder, Optional.of(pki.checking("localhost")))) {
      TlsIdentity shown = pki.identity("in.localhost");
      HttpClient connected = HttpClient.newBuilder().sslContext(ZnPki.context(shown)).build();
      assertThat(ask(connected, "https", checking, "application/json", body).statusCode())
          .as("good, and no such B-TID")
          .isEqualTo(404);

      pki.revoke(shown);

      await()
          .untilAsserted(
              () -> {
                HttpResponse<byte[]> answer =
                    ask(connected, "https", checking, "application/json", body);
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(document(answer).text("detail")).contains("your certificate is revoked");
              });
      HttpClient anew = HttpClient.newBuilder().sslContext(ZnPki.context(shown)).build();
      assertThatThrownBy(() -> ask(anew, "https", checking, "application/json", body))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBsfWhoseCertificateIsRevokedIsNotAsked(@TempDir Path folder) {
    TlsIdentity shown = pki.identity("localhost");
    pki.revoke(pki.identity("other.localhost"));
    TransactionId unknown = new TransactionId(Rand.random(), MEF);
    try (RunningServer bsf = operator(folder, Optional.of(shown));
        ZnClient client = client(bsf)) {
      assertThatThrownBy(() -> NodeClient.await(client.ask(unknown, new NafId(NAF))))
          .rootCause()
          .hasMessageContaining("does not know the B-TID");
      pki.revoke(shown);
      try (ZnClient later = client(bsf)) {
        assertThatThrownBy(() -> NodeClient.await(later.ask(unknown, new NafId(NAF))))
            .rootCause()
            .hasMessage("the BSF gives no answer");
      }
    }
  }

  private ZnClient client(RunningServer bsf) {
    ApiRoot root = ApiRoot.parse("https://localhost:" + bsf.zn().getPort());
    return ZnClient.of(root, Optional.of(pki.checking("in.localhost")));
  }

  @Test
  void onLoopbackNoCertificateIsNeeded(@TempDir Path folder) throws Exception {
    try (RunningServer open = operator(folder, Optional.empty())) {
      TransactionId transaction =
          open.withUsim("00101-local").bootstrapped(UbNode.Carrier.COAP).info().transaction();
      HttpClient asker = HttpClient.newHttpClient();

      HttpResponse<byte[]> answer =
          ask(asker, "http", open, "application/json; charset=utf-8", question(transaction, NAF));
      HttpResponse<byte[]> refused =
          ask(asker, "http", open, "application/json", question(transaction, MEF));

      assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
      assertThat(refused.statusCode()).isEqualTo(403);
    }
  }

  private static String canonical(TransactionId transaction) {
    return transaction.canonical().toString();
  }
}
