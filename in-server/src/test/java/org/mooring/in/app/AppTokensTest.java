// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.app.AppScenario.LIFE;
import static org.mooring.in.app.AppScenario.METER;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AppId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;

/** Tokens and the keys that sign them. Signatures are verified with the JDK alone. */
class AppTokensTest {
  private static final InstanceCaps CAPS = new InstanceCaps(10, 2);

  @TempDir private Path folder;
  private AppScenario registry;

  @BeforeEach
  void open() {
    registry = AppScenario.givenRegistry(folder).withApplication(METER);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private String issue() {
    return registry.issued(registry.wanted(METER, CAPS, "/asn-1")).compact();
  }

  private List<PublicJwk> published() {
    return registry.does(tx -> registry.signingKeys().published(tx));
  }

  private void rotate() {
    registry.does(tx -> registry.signingKeys().rotate(tx, "admin"));
  }

  private static Attributes header(String compact) {
    return ContentCodec.readAttributes(
        Serialization.JSON, Base64.getUrlDecoder().decode(compact.split("\\.")[0]));
  }

  private static String kid(String compact) {
    return header(compact).text("kid").orElseThrow();
  }

  private boolean isVerified(String compact) throws GeneralSecurityException {
    String[] parts = compact.split("\\.");
    Optional<PublicJwk> key =
        published().stream().filter(jwk -> jwk.kid().equals(kid(compact))).findFirst();
    if (key.isEmpty()) {
      return false;
    }
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    verifier.initVerify(publicKey(key.get()));
    verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    return verifier.verify(Base64.getUrlDecoder().decode(parts[2]));
  }

  private static PublicKey publicKey(PublicJwk jwk) throws GeneralSecurityException {
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    ECPoint point = new ECPoint(coordinate(jwk.x()), coordinate(jwk.y()));
    return KeyFactory.getInstance("EC")
        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
  }

  private static BigInteger coordinate(String encoded) {
    byte[] octets = Base64.getUrlDecoder().decode(encoded);
    assertThat(octets).hasSize(32);
    return new BigInteger(1, octets);
  }

  @Test
  void aTokenSaysWhatTheOperatorSaidAndIsSigned() throws Exception {
    AppTokens.Issued issued = registry.issued(registry.wanted(METER, CAPS, "/asn-1", "urn:x:1"));

    ApplicationToken read = ApplicationToken.read(issued.compact());
    assertThat(read.id()).isEqualTo(issued.token().id());
    assertThat(read.id().issuer()).hasToString("sp.example.org");
    assertThat(read.maf()).hasToString("maf.sp.example.org");
    assertThat(read.application()).isEqualTo(METER);
    assertThat(read.nodes()).extracting(AllowedNode::value).containsExactly("/asn-1", "urn:x:1");
    assertThat(read.caps()).isEqualTo(CAPS);
    assertThat(read.validity().until()).isEqualTo(registry.now().plus(LIFE));
    assertThat(read.secret().fingerprint()).isEqualTo(issued.token().fingerprint());
    assertThat(isVerified(issued.compact())).isTrue();
    assertThat(issued.toString()).doesNotContain(issued.compact());
    assertThat(header(issued.compact()).text("alg")).contains("ES256");
  }

  @Test
  void whatWasChangedInATokenIsNotVerified() throws Exception {
    String[] one = issue().split("\\.");
    String[] other = issue().split("\\.");

    assertThat(isVerified(one[0] + "." + other[1] + "." + one[2])).isFalse();
  }

  @Test
  void noTwoTokensShareASecret() {
    SecretKeyBytes one = ApplicationToken.read(issue()).secret();

    assertThat(ApplicationToken.read(issue()).secret()).isNotEqualTo(one);
  }

  /** RFC 7638 clause 3. */
  @Test
  void aKeyIsNamedByItsThumbprint() throws Exception {
    issue();
    PublicJwk jwk = published().get(0);
    String members =
        "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" + jwk.x() + "\",\"y\":\"" + jwk.y() + "\"}";
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8));

    assertThat(jwk.kid()).isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }

  @Test
  void aKeyVerifiesUntilTheLastTokenThatItSignedEnds() throws Exception {
    String before = issue();
    rotate();
    String after = issue();

    assertThat(kid(after)).isNotEqualTo(kid(before));
    assertThat(published()).extracting(PublicJwk::kid).containsExactly(kid(after), kid(before));
    assertThat(isVerified(before)).isTrue();
    assertThat(isVerified(after)).isTrue();
    assertThat(
            registry.<Optional<SecretKeyBytes>>does(tx -> tx.signingKeys().privateKey(kid(before))))
        .as("nothing is signed with it any more")
        .isEmpty();
    registry.pass(LIFE.minusSeconds(1));
    assertThat(isVerified(before)).isTrue();
    registry.pass(Duration.ofSeconds(1));
    assertThat(isVerified(before)).isFalse();
    assertThat(published()).extracting(PublicJwk::kid).containsExactly(kid(after));
  }

  @Test
  void aKeyThatSignedNothingIsGoneAtOnce() {
    rotate();
    String first = published().get(0).kid();
    rotate();

    assertThat(published()).extracting(PublicJwk::kid).doesNotContain(first).hasSize(1);
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertInvalid("appId", registry.wanted(new AppId("Nunknown"), CAPS, "/asn-1"));
    assertInvalid("nodes", registry.wanted(METER, CAPS));
    assertInvalid("nodes", registry.wanted(METER, CAPS, "/asn-1", "/Sthermo"));
    assertInvalid("nodes", registry.wanted(METER, CAPS, "/asn-1/C1"));
    NewToken many =
        new NewToken(
            METER,
            Optional.empty(),
            registry.now().plus(LIFE),
            Collections.nCopies(AppTokens.MOST_NAMED + 1, new AllowedNode("/asn-1")),
            ApprovedServices.NONE,
            CAPS);
    assertInvalid("nodes", many);
    for (Duration from : List.of(Duration.ZERO, LIFE)) {
      assertInvalid(
          "until",
          new NewToken(
              METER,
              Optional.of(registry.now().plus(from)),
              registry.now().plus(from),
              List.of(new AllowedNode("/asn-1")),
              ApprovedServices.NONE,
              CAPS));
    }
    assertInvalid(
        "until",
        new NewToken(
            METER,
            Optional.empty(),
            M2mTimestamp.NEVER,
            List.of(new AllowedNode("/asn-1")),
            ApprovedServices.NONE,
            CAPS));
    registry.does(tx -> registry.applications().revoke(tx, METER, "", "admin"));
    assertInvalid("appId", registry.wanted(METER, CAPS, "/asn-1"));
    assertThatThrownBy(() -> registry.withApplication(METER))
        .isInstanceOf(InvalidApplicationException.class)
        .hasMessageStartingWith("appId: ");
  }

  private void assertInvalid(String field, NewToken wanted) {
    assertThatThrownBy(() -> registry.issued(wanted))
        .isInstanceOf(InvalidApplicationException.class)
        .hasMessageStartingWith(field + ": ");
  }
}
