// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;

class ApplicationTokenTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final String HEADER =
      encoded("{\"kid\":\"k1\",\"typ\":\"mooring-app+jws\",\"alg\":\"ES256\"}");
  private static final String SIGNATURE = ".c2lnbmF0dXJl";

  private static ApplicationToken token() {
    return new ApplicationToken(
        TokenId.parse("0123@sp.example.org"),
        new AppId("Ra01.com.company.smartcity"),
        new Fqdn("maf.sp.example.org"),
        SecretKeyBytes.copyOf(new byte[32]),
        new TokenValidity(START, START.plusSeconds(3600)),
        List.of(new AllowedNode("/asn-1"), new AllowedNode("urn:uuid:1")),
        new ApprovedServices(
            List.of(RoleId.parse("reader@sp.example.org")),
            Optional.of(ResourceAddress.parse("/id-in/acp-apps")),
            List.of(EntityId.of("/asn-2/Cpump")),
            CredentialShare.APP),
        new InstanceCaps(10, 2),
        START);
  }

  private static String encoded(String json) {
    return ApplicationToken.encoded(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String compact(byte[] payload) {
    return HEADER + "." + ApplicationToken.encoded(payload) + SIGNATURE;
  }

  /** A token with changed claims. */
  private static String with(UnaryOperator<Attributes.Builder> change) {
    Attributes claims = ContentCodec.readAttributes(Serialization.JSON, token().payload());
    return compact(
        ContentCodec.writeAttributes(Serialization.JSON, change.apply(claims.toBuilder()).build()));
  }

  @Test
  void aTokenComesBackAsItWasWritten() {
    ApplicationToken token = token();

    assertThat(ApplicationToken.read(compact(token.payload()))).isEqualTo(token);
    assertThat(ApplicationToken.read("\n " + compact(token.payload()) + "\n")).isEqualTo(token);
    assertThat(token.toString()).contains("SecretKeyBytes[32 octets]");
  }

  @Test
  void aTokenWithoutRolesAndPolicyAndWithClaimsOfOthersIsRead() {
    ApplicationToken read =
        ApplicationToken.read(
            with(claims -> claims.put("roles", List.of()).put("vendor", "x").put("nbf", 0)));
    Attributes older =
        ContentCodec.readAttributes(Serialization.JSON, token().payload())
            .without(Set.of("targets", "share"));
    ApplicationToken ofBefore =
        ApplicationToken.read(compact(ContentCodec.writeAttributes(Serialization.JSON, older)));

    assertThat(read.services().roles()).isEmpty();
    assertThat(ofBefore.services().targets()).isEmpty();
    assertThat(ofBefore.services().share()).isEqualTo(CredentialShare.NONE);
    assertThat(read.validity().from()).isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "sub",
        "aud",
        "jti",
        "iat",
        "nbf",
        "exp",
        "secret",
        "nodes",
        "roles",
        "maxInstances",
        "maxInstancesPerNode"
      })
  void aClaimThatIsMissingIsNamed(String claim) {
    Attributes claims = ContentCodec.readAttributes(Serialization.JSON, token().payload());
    byte[] payload =
        ContentCodec.writeAttributes(Serialization.JSON, claims.without(Set.of(claim)));

    assertThatThrownBy(() -> ApplicationToken.read(compact(payload)))
        .isInstanceOf(MalformedTokenException.class)
        .hasMessageContaining(claim);
  }

  @ParameterizedTest
  @CsvSource({
    "iss,other.example.org",
    "sub,topsecret",
    "aud,top secret",
    "jti,topsecret",
    "secret,topsecret",
    "secret,dG9wc2VjcmV0",
    "nodes,topsecret",
    "accessPolicy,/top secret",
    "targets,topsecret",
    "share,topsecret",
  })
  void aClaimThatIsWrongIsNamedAndNotRepeated(String claim, String value) {
    assertThatThrownBy(() -> ApplicationToken.read(with(claims -> claims.put(claim, value))))
        .isInstanceOf(MalformedTokenException.class)
        .hasMessageContaining(claim)
        .hasMessageNotContainingAny("top", "dG9w", "other");
  }

  @ParameterizedTest
  @CsvSource({
    "exp,1",
    "nbf,-1",
    "iat,99999999999999",
    "maxInstances,0",
    "maxInstances,1000001",
    "maxInstancesPerNode,11"
  })
  void aNumberOutOfItsRangeIsNamed(String claim, long value) {
    assertThatThrownBy(() -> ApplicationToken.read(with(claims -> claims.put(claim, value))))
        .isInstanceOf(MalformedTokenException.class)
        .hasMessageContaining(claim);
  }

  @Test
  void noTokenIsForAnyNode() {
    assertThatThrownBy(() -> ApplicationToken.read(with(claims -> claims.put("nodes", List.of()))))
        .isInstanceOf(MalformedTokenException.class)
        .hasMessageContaining("nodes");
    assertThatThrownBy(() -> new AllowedNode("//sp.example.org/asn-1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new AllowedNode("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNodeIsNamedByItsIdAtItsProviderOrItsNodeId() {
    Optional<NodeId> node = Optional.of(new NodeId("urn:uuid:1"));
    CseId cse = new CseId("//sp.example.org/asn-1");

    assertThat(names("/asn-1", cse, Optional.empty())).isTrue();
    assertThat(names("/ASN-1", cse, Optional.empty())).isFalse();
    assertThat(names("/asn-10", cse, node)).isFalse();
    assertThat(names("urn:uuid:1", cse, node)).isTrue();
    assertThat(names("urn:uuid:1", cse, Optional.empty())).isFalse();
    assertThat(names("/asn-1", new CseId("//other.example.org/asn-1"), node))
        .as("of another provider")
        .isFalse();
    assertThat(names("/Sadn", new AeId("//sp.example.org/Sadn"), node))
        .as("a node without a CSE")
        .isTrue();
  }

  private static boolean names(String value, EntityId client, Optional<NodeId> node) {
    return new AllowedNode(value).names(client, node, SpId.parse("//sp.example.org"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "topsecret",
        "a.b",
        "a.b.c.d",
        "e30.e30.",
        "e30.e30.c2ln",
        "e30=.e30.c2ln",
        "topsecret!.e30.c2ln"
      })
  void whatIsNoJwsOfThisKindIsRefusedWithoutEcho(String text) {
    assertThatThrownBy(() -> ApplicationToken.read(text))
        .isInstanceOf(MalformedTokenException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void noOtherAlgorithmOrTypePasses() {
    for (String header :
        List.of(
            "{\"typ\":\"mooring-app+jws\",\"alg\":\"none\"}",
            "{\"typ\":\"mooring-app+jws\"}",
            "{\"typ\":\"JWT\",\"alg\":\"ES256\"}")) {
      String text =
          encoded(header)
              + "."
              + Base64.getUrlEncoder().withoutPadding().encodeToString(token().payload())
              + SIGNATURE;
      assertThatThrownBy(() -> ApplicationToken.read(text))
          .isInstanceOf(MalformedTokenException.class)
          .hasMessageContaining("header");
    }
  }

  @Test
  void aTokenThatIsTooLongIsRefused() {
    String longest = compact(token().payload());
    assertThatThrownBy(
            () -> ApplicationToken.read(longest + "A".repeat(ApplicationToken.MAX_LENGTH)))
        .isInstanceOf(MalformedTokenException.class);
  }

  @Test
  void validityIncludesItsBeginningAndNotItsEnd() {
    TokenValidity validity = new TokenValidity(START.plusMillis(5), START.plusSeconds(1));

    assertThat(validity.from()).isEqualTo(START);
    assertThat(validity.hasBegunAt(START)).isTrue();
    assertThat(validity.hasBegunAt(START.minusMillis(1))).isFalse();
    assertThat(validity.isOverAt(START.plusSeconds(1))).isTrue();
    assertThat(validity.isOverAt(START.plusMillis(999))).isFalse();
    assertThatThrownBy(() -> new TokenValidity(START, START.plusMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
