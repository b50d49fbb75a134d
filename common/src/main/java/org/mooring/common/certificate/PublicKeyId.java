// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A public key identifier (TS-0003 clause 10.1.2): the SHA-256 of a SubjectPublicKeyInfo, whole or
 * its first octets, as an {@code ni} URI (RFC 6920 clause 3), such as {@code
 * ni:///sha-256-128;MUudpSVBp1mr-xctS-YVZQ}.
 *
 * @param algorithm how much of the digest counts
 * @param digest that much of it, in lower case hex digits
 */
public record PublicKeyId(Algorithm algorithm, String digest) {
  /** The kind as {@code sec:credIDTypeID}: a raw public key (TS-0003 clause 12.3.2.1). */
  private static final String CREDENTIAL_TYPE = "30-";

  private static final int INDEXED_DIGITS = 32;
  private static final String BEGIN = "ni:///";
  private static final String FORM =
      "public key identifier: write ni:///sha-256;… with the digest in base64url";

  /** The three that TS-0003 allows. */
  public enum Algorithm {
    SHA_256("sha-256", 32),
    SHA_256_128("sha-256-128", 16),
    SHA_256_120("sha-256-120", 15);

    private final String text;
    private final int octets;

    Algorithm(String text, int octets) {
      this.text = text;
      this.octets = octets;
    }

    /** Its name in a URI. */
    public String text() {
      return text;
    }
  }

  /** The longest of a key, as clause 10.1.2 recommends. */
  public static PublicKeyId of(PublicKey key) {
    return of(key, Algorithm.SHA_256);
  }

  /** That of a key by an algorithm. */
  public static PublicKeyId of(PublicKey key, Algorithm algorithm) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return new PublicKeyId(algorithm, HexFormat.of().formatHex(digest, 0, algorithm.octets));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }

  /**
   * Reads the URI form; an authority or a query is taken by none.
   *
   * @throws IllegalArgumentException if it is of another form, algorithm or length
   */
  public static PublicKeyId parse(String text) {
    int semicolon = text.indexOf(';');
    if (!text.startsWith(BEGIN) || semicolon < 0) {
      throw new IllegalArgumentException(FORM);
    }
    String name = text.substring(BEGIN.length(), semicolon);
    Algorithm algorithm =
        Stream.of(Algorithm.values())
            .filter(one -> one.text.equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "public key identifier: use sha-256, sha-256-128 or sha-256-120"));
    byte[] digest = decode(text.substring(semicolon + 1));
    if (digest.length != algorithm.octets) {
      throw new IllegalArgumentException(
          "public key identifier: give "
              + algorithm.octets
              + " octets of digest with "
              + algorithm.text);
    }
    return new PublicKeyId(algorithm, HexFormat.of().formatHex(digest));
  }

  private static byte[] decode(String base64url) {
    try {
      return Base64.getUrlDecoder().decode(base64url);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(FORM, e);
    }
  }

  /** Whether a key is the one that this identifies. */
  public boolean matches(PublicKey key) {
    return equals(of(key, algorithm));
  }

  /**
   * The left part of the key identifier under which the key is known: the type, a dash, and the
   * first 32 hex digits of the digest, or what there is of it. The whole would leave no room for
   * the name of a function.
   */
  public String relativeId() {
    return CREDENTIAL_TYPE + digest.substring(0, Math.min(INDEXED_DIGITS, digest.length()));
  }

  /** Whether the left part of a key identifier is that of a public key. */
  public static boolean isRelativeId(String relative) {
    return relative.startsWith(CREDENTIAL_TYPE);
  }

  /** The left parts under which a key may be known, by whatever algorithm it was told. */
  public static List<String> relativeIds(PublicKey key) {
    return Arrays.stream(Algorithm.values())
        .map(algorithm -> of(key, algorithm).relativeId())
        .distinct()
        .toList();
  }

  /** The URI. */
  @Override
  public String toString() {
    return BEGIN
        + algorithm.text
        + ";"
        + Base64.getUrlEncoder().withoutPadding().encodeToString(HexFormat.of().parseHex(digest));
  }
}
