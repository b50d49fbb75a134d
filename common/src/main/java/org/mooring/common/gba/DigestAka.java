// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;

/**
 * The digests of Digest AKA (RFC 3310 clause 3, RFC 2617 clause 3.2.2), with quality of protection
 * {@code auth-int}, which covers the content:
 *
 * <pre>
 * A1       = username ":" realm ":" RES
 * response = MD5(MD5(A1) ":" nonce ":" nc ":" cnonce ":auth-int:" MD5(A2))
 * A2       = method ":" uri ":" MD5(content)      of the node
 * A2       =        ":" uri ":" MD5(content)      of the BSF, for rspauth
 * </pre>
 *
 * <p>MD5 is what AKAv1-MD5 prescribes; RES is random, used once and gone in a moment.
 */
public final class DigestAka {
  /** The method of both requests on Ub (TS 24.109 clause 4.3), over CoAP as well. */
  private static final String METHOD = "GET";

  private static final String FIRST = "00000001";
  private static final int CLIENT_NONCE_OCTETS = 16;
  private static final byte[] NO_CONTENT = {};
  private static final SecureRandom RANDOM = new SecureRandom();

  private DigestAka() {}

  /** The node's part: answers a challenge. */
  public static DigestCredentials.Answer answer(
      DigestChallenge challenge, Impi username, String uri, SecretKeyBytes response) {
    byte[] password = response.toByteArray();
    try {
      return answer(challenge, username, uri, password, Optional.empty());
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  /** The node's part: answers a stale challenge, with an empty password (RFC 3310 clause 3.4). */
  public static DigestCredentials.Answer answer(
      DigestChallenge challenge, Impi username, String uri, Auts auts) {
    return answer(challenge, username, uri, NO_CONTENT, Optional.of(auts));
  }

  private static DigestCredentials.Answer answer(
      DigestChallenge challenge, Impi username, String uri, byte[] password, Optional<Auts> auts) {
    byte[] random = new byte[CLIENT_NONCE_OCTETS];
    RANDOM.nextBytes(random);
    String clientNonce = HexFormat.of().formatHex(random);
    String nonce = challenge.nonce();
    String digest =
        new Session(username, challenge.realm(), nonce, FIRST, clientNonce)
            .digest(password, METHOD, uri, NO_CONTENT);
    return new DigestCredentials.Answer(
        username, challenge.realm(), nonce, uri, clientNonce, FIRST, digest, auts);
  }

  /** The BSF's part: whether an answer was made with the response that is expected. */
  public static boolean isGood(DigestCredentials.Answer answer, SecretKeyBytes expectedResponse) {
    byte[] password = answer.auts().isPresent() ? NO_CONTENT : expectedResponse.toByteArray();
    try {
      return isSame(
          Session.of(answer).digest(password, METHOD, answer.uri(), NO_CONTENT), answer.response());
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  /** The BSF's part: proves itself, and the content that it sends. */
  public static DigestConfirmation confirm(
      DigestCredentials.Answer answer, SecretKeyBytes response, byte[] content) {
    return new DigestConfirmation(
        ofServer(answer, response, content), answer.clientNonce(), answer.nonceCount());
  }

  /** The node's part: whether the BSF knew the response, and sent this content. */
  public static boolean isGood(
      DigestConfirmation confirmation,
      DigestCredentials.Answer answer,
      SecretKeyBytes response,
      byte[] content) {
    return confirmation.clientNonce().equals(answer.clientNonce())
        && confirmation.nonceCount().equals(answer.nonceCount())
        && isSame(ofServer(answer, response, content), confirmation.responseAuth());
  }

  private static String ofServer(
      DigestCredentials.Answer answer, SecretKeyBytes response, byte[] content) {
    byte[] password = response.toByteArray();
    try {
      return Session.of(answer).digest(password, "", answer.uri(), content);
    } finally {
      Arrays.fill(password, (byte) 0);
    }
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  /** What the digests of one exchange have in common. */
  private record Session(
      Impi username, Fqdn realm, String nonce, String nonceCount, String clientNonce) {
    static Session of(DigestCredentials.Answer answer) {
      return new Session(
          answer.username(),
          answer.realm(),
          answer.nonce(),
          answer.nonceCount(),
          answer.clientNonce());
    }

    String digest(byte[] password, String method, String uri, byte[] content) {
      String a1 = md5(utf8(username + ":" + realm + ":"), password);
      String a2 = md5(utf8(method + ":" + uri + ":" + md5(content)));
      return md5(
          utf8(String.join(":", a1, nonce, nonceCount, clientNonce, DigestChallenge.QUALITY, a2)));
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String md5(byte[]... parts) {
      try {
        MessageDigest digest = MessageDigest.getInstance("MD5");
        for (byte[] part : parts) {
          digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("MD5 is missing from this Java runtime", e);
      }
    }
  }
}
