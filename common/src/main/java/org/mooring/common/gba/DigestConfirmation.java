// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

/**
 * What a BSF proves itself with at the end, the value of {@code Authentication-Info} (RFC 2617
 * clause 3.2.3).
 *
 * @param responseAuth rspauth: the digest over the answer's content, 32 hex digits
 * @param clientNonce the node's cnonce
 * @param nonceCount the node's nc
 */
public record DigestConfirmation(String responseAuth, String clientNonce, String nonceCount) {
  /**
   * Reads a header field's value.
   *
   * @throws IllegalArgumentException naming the parameter that does not fit, never a value
   */
  public static DigestConfirmation parse(String text) {
    DigestParameters parameters = DigestParameters.of(text);
    parameters.require("qop", DigestChallenge.QUALITY);
    return new DigestConfirmation(
        parameters.get("rspauth"), parameters.get("cnonce"), parameters.get("nc"));
  }

  /** The header field's value. */
  @Override
  public String toString() {
    return "qop=%s, rspauth=\"%s\", cnonce=\"%s\", nc=%s"
        .formatted(DigestChallenge.QUALITY, responseAuth, clientNonce, nonceCount);
  }
}
