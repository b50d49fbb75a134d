// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.common.key.ReferenceHmac.hmac;
import static org.mooring.in.scenario.NodeClient.attributes;
import static org.mooring.in.scenario.NodeClient.send;
import static org.mooring.in.scenario.NodeClient.session;

import java.util.HexFormat;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;

/**
 * A node that runs applications, played by the test. Proofs and keys are computed here, from the
 * two secrets and the bytes that design sections 3 and 4 give, by nothing of the program.
 */
public final class ApplicationHost {
  private static final String APP_KEY_TYPE = "sec:appa";

  private final NodeClient node;
  private final PskCredential km;

  /**
   * @param km what the node authenticates to the MAF with
   */
  public ApplicationHost(NodeClient node, PskCredential km) {
    this.node = node;
    this.km = km;
  }

  public NodeClient node() {
    return node;
  }

  public PskCredential km() {
    return km;
  }

  /** A session with the MAF after a full handshake, with the node registered. */
  public SecureEndpoint atMaf() {
    SecureEndpoint maf = node.atMaf(km);
    node.register(maf, RunningServer.MAF);
    return maf;
  }

  /** What an instance proves itself with. */
  public record Claim(AppId application, String instance, TokenId token, SecretKeyBytes secret) {
    public static Claim of(ApplicationToken token, String instance) {
      return new Claim(token.application(), instance, token.id(), token.secret());
    }

    /** A = HMAC(secret, "mooring app instance v1" ‖ 0x00 ‖ App-ID ‖ 0x00 ‖ App-Inst-ID). */
    byte[] a() {
      return hmac(secret.toByteArray(), text("mooring app instance v1"), names());
    }

    /** HMAC(secret, "mooring app proof v1" ‖ 0x00 ‖ binding ‖ App-ID ‖ 0x00 ‖ App-Inst-ID). */
    public byte[] proof(byte[] binding) {
      return hmac(secret.toByteArray(), text("mooring app proof v1"), binding, names());
    }

    private byte[] names() {
      byte[] names = (application + "\0" + instance).getBytes(US_ASCII);
      return names;
    }
  }

  private static byte[] text(String label) {
    return (label + "\0").getBytes(US_ASCII);
  }

  /** The request for an instance with a proof of this session. */
  public static RequestPrimitive request(SecureEndpoint maf, Claim claim) {
    return request(claim, claim.proof(session(maf).channelBinding()));
  }

  public static RequestPrimitive request(Claim claim, byte[] proof) {
    return request(RunningServer.MAF, claim, proof).build();
  }

  /**
   * @param function that takes the request: the MAF, or the IN-CSE, which relays it
   */
  public static RequestPrimitive.Builder request(Fqdn function, Claim claim, byte[] proof) {
    return NodeClient.create(
            TrustResourceNames.baseOf(function), TrustResourceNames.APP_ASSOCIATION.code())
        .content(
            Representation.of(
                APP_KEY_TYPE,
                Attributes.builder()
                    .put("api", claim.application().value())
                    .put("apin", claim.instance())
                    .put("tkid", claim.token().toString())
                    .put("prf", proof)
                    .build()));
  }

  /** Associates an instance: its Ka. */
  public PskCredential associated(ApplicationToken token, String instance) {
    Claim claim = Claim.of(token, instance);
    ResponsePrimitive answer;
    try (SecureEndpoint maf = atMaf()) {
      answer = send(maf, request(maf, claim));
    }
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    return key(claim, attributes(answer).text("kaid").orElseThrow());
  }

  /** Ka = HMAC(Km, "mooring application key v1" ‖ 0x00 ‖ A ‖ KaRel). */
  public PskCredential key(Claim claim, String kaId) {
    KeyIdentifier id = KeyIdentifier.parse(kaId);
    byte[] relative = HexFormat.of().parseHex(id.relative());
    byte[] ka =
        hmac(km.key().toByteArray(), text("mooring application key v1"), claim.a(), relative);
    return new PskCredential(id, SecretKeyBytes.copyOf(ka));
  }

  /** An association of an instance with the IN-CSE, through the MAF with its Ka. */
  public SecureEndpoint atCse(PskCredential ka) {
    node.register(node.atMaf(ka), RunningServer.MAF);
    return node.atCse(node.associated(ka));
  }
}
