// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RefusedException;

/**
 * What an application gets when it is submitted for distribution, and what its instances prove
 * themselves with. On its way it is a JWS in compact form (RFC 7515), signed with ES256; the whole
 * is a secret, since the secret key is in it.
 *
 * <p>A node reads it and does not verify the signature. It takes nothing from the token on trust:
 * the application registry judges by the token id and by a proof made with the secret, against what
 * it wrote down itself, so that whoever makes a token up has made up one that opens nothing. The
 * signature is for those who pass tokens on, such as a store of applications.
 *
 * @param id which token it is; its issuer is the service provider
 * @param application the App-ID whose instances it lets in
 * @param maf where instances are associated
 * @param secret 32 octets, for proofs and for A; the holder destroys it
 * @param validity when it lets instances in
 * @param nodes where they may run, at least one
 * @param services what they may use
 * @param caps how many there may be
 * @param issuedAt in whole seconds
 */
public record ApplicationToken(
    TokenId id,
    AppId application,
    Fqdn maf,
    SecretKeyBytes secret,
    TokenValidity validity,
    List<AllowedNode> nodes,
    ApprovedServices services,
    InstanceCaps caps,
    Instant issuedAt) {
  /** {@code alg} of its header: ECDSA on secp256r1 with SHA-256 (RFC 7518 clause 3.4). */
  public static final String ALGORITHM = "ES256";

  /** {@code typ} of its header, so that no other kind of JWS passes for one (RFC 8725). */
  public static final String TYPE = "mooring-app+jws";

  /** The most characters that are read. */
  public static final int MAX_LENGTH = 64 * 1024;

  private static final int PARTS = 3;

  /**
   * @throws IllegalArgumentException if no node is named
   */
  public ApplicationToken {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("nodes: name at least one");
    }
  }

  /**
   * Reads a token, white space around it aside.
   *
   * @throws MalformedTokenException naming the part that is wrong, never its value
   */
  public static ApplicationToken read(String compact) {
    String text = compact.strip();
    String[] parts = text.split("\\.", -1);
    if (text.length() > MAX_LENGTH || parts.length != PARTS || parts[2].isEmpty()) {
      throw new MalformedTokenException("it has not the form of a JWS");
    }
    requireHeader(object("header", parts[0]));
    return TokenClaims.read(object("payload", parts[1]));
  }

  /** The payload of the JWS, before it is signed; it has the secret. */
  public byte[] payload() {
    return ContentCodec.writeAttributes(Serialization.JSON, TokenClaims.of(this));
  }

  private static void requireHeader(Attributes header) {
    if (header.text("alg").filter(ALGORITHM::equals).isEmpty()
        || header.text("typ").filter(TYPE::equals).isEmpty()) {
      throw new MalformedTokenException("its header is none of a " + TYPE + " with " + ALGORITHM);
    }
  }

  private static Attributes object(String part, String encoded) {
    byte[] json = TokenClaims.decoded(part, encoded);
    try {
      return ContentCodec.readAttributes(Serialization.JSON, json);
    } catch (RefusedException e) {
      throw new MalformedTokenException("its " + part + " is no JSON object");
    } finally {
      Arrays.fill(json, (byte) 0);
    }
  }

  /** Base64url without padding, as every part of a JWS has it. */
  static String encoded(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
