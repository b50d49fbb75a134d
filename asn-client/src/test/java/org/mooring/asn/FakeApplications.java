// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.mooring.common.key.ReferenceHmac.hmac;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;

/**
 * The MAF's side of applications, with an application registry: proofs and keys are computed here
 * from the bytes that the design gives, by nothing of the program.
 */
final class FakeApplications {
  private final Map<String, ApplicationToken> tokens = new HashMap<>();
  private final Map<String, RelativeKeyId> keys = new HashMap<>();
  private volatile @Nullable Refusal refusal;
  private volatile Instant end = FakeProvider.NOW.plus(Duration.ofDays(20));

  /** A token that lets the node of {@link FakeProvider} run an application. */
  ApplicationToken issue(String application) {
    return issue(application, FakeProvider.NOW, FakeProvider.NOW.plus(Duration.ofDays(90)));
  }

  /** A token whose instances share their associations. */
  ApplicationToken issue(String application, CredentialShare share) {
    return issue(
        application,
        FakeProvider.NOW,
        FakeProvider.NOW.plus(Duration.ofDays(90)),
        new ApprovedServices(List.of(), Optional.empty(), List.of(), share));
  }

  ApplicationToken issue(String application, Instant from, Instant until) {
    return issue(application, from, until, ApprovedServices.NONE);
  }

  private synchronized ApplicationToken issue(
      String application, Instant from, Instant until, ApprovedServices services) {
    ApplicationToken token =
        new ApplicationToken(
            TokenId.random(FakeProvider.MAF),
            new AppId(application),
            FakeProvider.MAF,
            SecretKeyBytes.random(),
            new TokenValidity(from, until),
            List.of(new AllowedNode("/asn-0123456789ab")),
            services,
            new InstanceCaps(10, 10),
            FakeProvider.NOW);
    tokens.put(token.id().toString(), token);
    return token;
  }

  /** Gives other keys from now on, which end at a time. */
  synchronized void giveNext(Instant until) {
    keys.clear();
    end = until;
  }

  /** Refuses every instance from now on, or with nothing none. */
  void refuse(@Nullable Refusal why) {
    refusal = why;
  }

  /**
   * Answers a CREATE.
   *
   * @param km what the session was opened with
   * @param binding the session's
   */
  synchronized Attributes associate(SecretKeyBytes km, byte[] binding, Attributes given) {
    @Nullable Refusal why = refusal;
    if (why != null) {
      throw why.of("appAssociation");
    }
    ApplicationToken token =
        Objects.requireNonNull(tokens.get(given.text("tkid").orElseThrow()), "token");
    String instance = given.text("apin").orElseThrow();
    String application = given.text("api").orElseThrow();
    byte[] names = (application + "\0" + instance).getBytes(US_ASCII);
    byte[] proof = hmac(octets(token.secret()), label("mooring app proof v1"), binding, names);
    if (!MessageDigest.isEqual(proof, given.octets("prf").orElseThrow())) {
      throw Refusal.APPLICATION_NOT_ACCEPTED.of("appAssociation");
    }
    RelativeKeyId relative =
        keys.computeIfAbsent(
            token.id() + " " + instance + " " + HexFormat.of().formatHex(octets(km)),
            unknown -> RelativeKeyId.random());
    return Attributes.builder()
        .put("ri", relative.value())
        .put("api", application)
        .put("apin", instance)
        .put("kaid", relative.at(FakeProvider.MAF).toString())
        .put("aei", "//sp.example.org/asn-0123456789ab/" + instance)
        .put("et", end)
        .build();
  }

  /** Ka of what a CREATE asked for. */
  synchronized SecretKeyBytes key(SecretKeyBytes km, Attributes given, KeyIdentifier kaId) {
    ApplicationToken token =
        Objects.requireNonNull(tokens.get(given.text("tkid").orElseThrow()), "token");
    return key(km, token, given.text("apin").orElseThrow(), kaId);
  }

  /** Ka as the MAF has it. */
  static SecretKeyBytes key(
      SecretKeyBytes km, ApplicationToken token, String instance, KeyIdentifier kaId) {
    byte[] names = (token.application() + "\0" + instance).getBytes(US_ASCII);
    byte[] a = hmac(octets(token.secret()), label("mooring app instance v1"), names);
    byte[] relative = HexFormat.of().parseHex(kaId.relative());
    return SecretKeyBytes.copyOf(
        hmac(octets(km), label("mooring application key v1"), a, relative));
  }

  private static byte[] octets(SecretKeyBytes key) {
    return key.toByteArray();
  }

  private static byte[] label(String text) {
    return (text + "\0").getBytes(US_ASCII);
  }
}
