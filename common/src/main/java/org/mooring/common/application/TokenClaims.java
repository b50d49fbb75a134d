// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;

/**
 * The claims of a token: {@code iss}, {@code sub} (App-ID), {@code aud} (MAF-FQDN), {@code jti}
 * (token id), {@code iat}, {@code nbf} and {@code exp} of RFC 7519, and of our own {@code secret}
 * (base64url), {@code nodes}, {@code roles}, {@code accessPolicy}, {@code targets}, {@code share},
 * {@code maxInstances} and {@code maxInstancesPerNode}. A token without {@code targets} has none,
 * one without {@code share} shares none. Others are passed over (RFC 7519 clause 4).
 */
final class TokenClaims {
  private static final String ISSUER = "iss";
  private static final String SUBJECT = "sub";
  private static final String AUDIENCE = "aud";
  private static final String ID = "jti";
  private static final String ISSUED_AT = "iat";
  private static final String NOT_BEFORE = "nbf";
  private static final String EXPIRES = "exp";
  private static final String SECRET = "secret";
  private static final String NODES = "nodes";
  private static final String ROLES = "roles";
  private static final String ACCESS_POLICY = "accessPolicy";
  private static final String TARGETS = "targets";
  private static final String SHARE = "share";
  private static final String MAX_INSTANCES = "maxInstances";
  private static final String MAX_INSTANCES_PER_NODE = "maxInstancesPerNode";

  private TokenClaims() {}

  static Attributes of(ApplicationToken token) {
    Attributes.Builder claims =
        Attributes.builder()
            .put(ISSUER, token.id().issuer().value())
            .put(SUBJECT, token.application().value())
            .put(AUDIENCE, token.maf().value())
            .put(ID, token.id().toString())
            .put(ISSUED_AT, token.issuedAt().getEpochSecond())
            .put(NOT_BEFORE, token.validity().from().getEpochSecond())
            .put(EXPIRES, token.validity().until().getEpochSecond())
            .put(SECRET, secretText(token.secret()))
            .put(NODES, token.nodes().stream().map(AllowedNode::value).toList())
            .put(ROLES, token.services().roles().stream().map(RoleId::toString).toList())
            .put(TARGETS, token.services().targets().stream().map(EntityId::value).toList())
            .put(SHARE, token.services().share().text());
    token
        .services()
        .accessPolicy()
        .ifPresent(policy -> claims.put(ACCESS_POLICY, policy.toString()));
    return claims
        .put(MAX_INSTANCES, token.caps().perToken())
        .put(MAX_INSTANCES_PER_NODE, token.caps().perNode())
        .build();
  }

  private static String secretText(SecretKeyBytes secret) {
    byte[] octets = secret.toByteArray();
    try {
      return ApplicationToken.encoded(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * Reads what {@link #of} wrote.
   *
   * @throws MalformedTokenException naming the claim that is missing or wrong
   */
  static ApplicationToken read(Attributes claims) {
    TokenId id = claim(claims, ID, TokenId::parse);
    if (!claim(claims, ISSUER, Fqdn::new).equals(id.issuer())) {
      throw wrong(ISSUER);
    }
    return new ApplicationToken(
        id,
        claim(claims, SUBJECT, AppId::new),
        claim(claims, AUDIENCE, Fqdn::new),
        claim(claims, SECRET, TokenClaims::secret),
        validity(claims),
        nodes(claims),
        services(claims),
        caps(claims),
        time(claims, ISSUED_AT));
  }

  private static SecretKeyBytes secret(String encoded) {
    byte[] octets = decoded(SECRET, encoded);
    try {
      if (octets.length != SecretKeyBytes.DERIVED_LENGTH) {
        throw wrong(SECRET);
      }
      return SecretKeyBytes.copyOf(octets);
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static TokenValidity validity(Attributes claims) {
    Instant from = time(claims, NOT_BEFORE);
    Instant until = time(claims, EXPIRES);
    return checked(EXPIRES, () -> new TokenValidity(from, until));
  }

  private static List<AllowedNode> nodes(Attributes claims) {
    List<AllowedNode> nodes =
        checked(NODES, () -> texts(claims, NODES).stream().map(AllowedNode::new).toList());
    if (nodes.isEmpty()) {
      throw wrong(NODES);
    }
    return nodes;
  }

  private static ApprovedServices services(Attributes claims) {
    List<RoleId> roles =
        checked(ROLES, () -> texts(claims, ROLES).stream().map(RoleId::parse).toList());
    return new ApprovedServices(
        roles,
        claims.has(ACCESS_POLICY)
            ? Optional.of(claim(claims, ACCESS_POLICY, ResourceAddress::parse))
            : Optional.empty(),
        claims.has(TARGETS)
            ? checked(TARGETS, () -> texts(claims, TARGETS).stream().map(EntityId::of).toList())
            : List.of(),
        claims.has(SHARE) ? claim(claims, SHARE, TokenClaims::share) : CredentialShare.NONE);
  }

  private static CredentialShare share(String text) {
    return CredentialShare.of(text).orElseThrow(() -> wrong(SHARE));
  }

  private static InstanceCaps caps(Attributes claims) {
    int perToken = cap(claims, MAX_INSTANCES);
    int perNode = cap(claims, MAX_INSTANCES_PER_NODE);
    return checked(MAX_INSTANCES_PER_NODE, () -> new InstanceCaps(perToken, perNode));
  }

  private static int cap(Attributes claims, String name) {
    long given = claims.whole(name).orElse(0);
    if (given < 1 || given > InstanceCaps.MOST) {
      throw wrong(name);
    }
    return (int) given;
  }

  private static Instant time(Attributes claims, String name) {
    long seconds = claims.whole(name).orElse(-1);
    if (seconds < 0 || seconds > M2mTimestamp.NEVER.getEpochSecond()) {
      throw wrong(name);
    }
    return Instant.ofEpochSecond(seconds);
  }

  private static <T> T claim(Attributes claims, String name, Function<String, T> reader) {
    String text = claims.text(name).orElseThrow(() -> wrong(name));
    return checked(name, () -> reader.apply(text));
  }

  /** A list of texts and nothing else. */
  private static List<String> texts(Attributes claims, String name) {
    if (!(claims.get(name).orElse(null) instanceof AttributeValue.Items items)
        || items.values().size() != claims.texts(name).size()) {
      throw wrong(name);
    }
    return claims.texts(name);
  }

  private static <T> T checked(String name, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException e) {
      // Its message names an identifier's rule, not the claim.
      throw wrong(name);
    }
  }

  /**
   * Octets as a JWS has them: base64url without padding, in the one form that encoding gives.
   *
   * @throws MalformedTokenException naming the part
   */
  static byte[] decoded(String part, String encoded) {
    try {
      byte[] octets = Base64.getUrlDecoder().decode(encoded);
      if (ApplicationToken.encoded(octets).equals(encoded)) {
        return octets;
      }
    } catch (IllegalArgumentException e) {
      // Refused below; the decoder's message quotes the text.
    }
    throw new MalformedTokenException("its " + part + " is no base64url");
  }

  private static MalformedTokenException wrong(String claim) {
    return new MalformedTokenException("its claim " + claim + " is missing or wrong");
  }
}
