// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.PlainClient;
import org.mooring.common.dtls.PlainMessage;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.gba.Aka;
import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.BootstrappingInfo;
import org.mooring.common.gba.DigestAka;
import org.mooring.common.gba.DigestChallenge;
import org.mooring.common.gba.DigestConfirmation;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.gba.UbContent;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;

/** A node with a USIM, played by the test one request at a time. */
public final class UbNode {
  private static final int NOT_HTTP = 204;

  private final RunningServer server;
  private final RunningServer.Enrolee enrolee;
  private final SubscriberKey key;

  UbNode(RunningServer server, RunningServer.Enrolee enrolee, SubscriberKey key) {
    this.server = server;
    this.enrolee = enrolee;
    this.key = key;
  }

  /** What carries Ub. */
  public enum Carrier {
    HTTP,
    COAP
  }

  /**
   * An answer on Ub.
   *
   * @param status as HTTP has it
   * @param field the header field for authentication, empty where there is none
   */
  public record Reply(int status, String field, byte[] content) {}

  /** What a bootstrapping gave. */
  public record Bootstrapped(BootstrappingInfo info, SecretKeyBytes sessionKey, Impi impi) {
    /** What the node shows and proves to a function. */
    public PskCredential toward(Fqdn function) {
      return new PskCredential(
          info.transaction().identifier(),
          new NafId(function).key(sessionKey, info.transaction().rand(), impi));
    }
  }

  public Impi impi() {
    return new Impi(enrolee.id());
  }

  public SubscriberKey key() {
    return key;
  }

  public RunningServer.Enrolee enrolee() {
    return enrolee;
  }

  /** The rest of its way, once it has keys. */
  public NodeClient client() {
    return new NodeClient(server, enrolee);
  }

  /** The whole exchange, whose last answer is checked. */
  public Bootstrapped bootstrapped(Carrier carrier) {
    DigestChallenge challenge = challenge(carrier);
    Aka.Opened opened = open(challenge).orElseThrow();
    DigestCredentials.Answer answer = answer(challenge, opened.response());
    return confirmed(ask(carrier, answer.toString()), answer, opened);
  }

  /** A fresh challenge. */
  public DigestChallenge challenge(Carrier carrier) {
    Reply reply =
        ask(
            carrier,
            new DigestCredentials.Opening(impi(), RunningServer.MEF, UbContent.URI).toString());
    return DigestChallenge.parse(reply.field());
  }

  /** What the USIM reads out of a challenge; empty if it is none of its network's. */
  public Optional<Aka.Opened> open(DigestChallenge challenge) {
    AkaNonce nonce = challenge.aka();
    return Aka.open(key, nonce.rand(), nonce.autn());
  }

  public DigestCredentials.Answer answer(DigestChallenge challenge, SecretKeyBytes response) {
    return DigestAka.answer(challenge, impi(), UbContent.URI, response);
  }

  /** The answer of a USIM that has used higher numbers already. */
  public DigestCredentials.Answer stale(DigestChallenge challenge, SequenceNumber highest) {
    return DigestAka.answer(
        challenge, impi(), UbContent.URI, Aka.auts(key, challenge.aka().rand(), highest));
  }

  /**
   * What the last answer tells.
   *
   * @throws IllegalStateException if the BSF does not prove itself with it
   */
  public Bootstrapped confirmed(Reply reply, DigestCredentials.Answer answer, Aka.Opened opened) {
    DigestConfirmation confirmation = DigestConfirmation.parse(reply.field());
    if (!DigestAka.isGood(confirmation, answer, opened.response(), reply.content())) {
      throw new IllegalStateException("the BSF did not know the response");
    }
    return new Bootstrapped(BootstrappingInfo.ofXml(reply.content()), opened.sessionKey(), impi());
  }

  /** One request. */
  public Reply ask(Carrier carrier, String authorization) {
    return carrier == Carrier.HTTP ? overHttp(authorization) : overCoap(authorization);
  }

  private Reply overHttp(String authorization) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.ub().getPort() + "/"))
            .header("Authorization", authorization)
            .build();
    try {
      HttpResponse<byte[]> answer =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
      String field =
          answer
              .headers()
              .firstValue("WWW-Authenticate")
              .or(() -> answer.headers().firstValue("Authentication-Info"))
              .orElse("");
      return new Reply(answer.statusCode(), field, answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Reply overCoap(String authorization) {
    try (PlainClient client =
        PlainClient.open(server.ub(), UbContent.PATH, EndpointTimers.DEFAULT)) {
      PlainMessage answer = NodeClient.await(client.post(UbContent.of(authorization).payload()));
      UbContent content = UbContent.read(answer.payload());
      int status = answer.code() == NOT_HTTP ? 200 : answer.code();
      return new Reply(status, content.field(), content.document());
    }
  }
}
