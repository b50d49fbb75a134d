// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mooring.common.identifier.Fqdn;

/**
 * What a node sends in {@code Authorization} (RFC 3310 clauses 3.3 and 3.4, TS 24.109 clause 4.3):
 * first who it is, then the answer to a challenge.
 */
public sealed interface DigestCredentials {
  /** Who is to be authenticated. */
  Impi username();

  /** The BSF's FQDN. */
  Fqdn realm();

  /** Who the node is, to get a challenge: with an empty nonce and response. */
  record Opening(Impi username, Fqdn realm, String uri) implements DigestCredentials {
    @Override
    public String toString() {
      return "Digest username=\"%s\", realm=\"%s\", nonce=\"\", uri=\"%s\", response=\"\""
          .formatted(username, realm, uri);
    }
  }

  /**
   * The answer to a challenge.
   *
   * @param nonce the challenge's, as it came
   * @param uri the request's path
   * @param clientNonce cnonce
   * @param nonceCount nc, 8 hex digits
   * @param response 32 hex digits
   * @param auts where the USIM's sequence numbers stand, if it found the challenge stale; the
   *     response is made with an empty password then
   */
  record Answer(
      Impi username,
      Fqdn realm,
      String nonce,
      String uri,
      String clientNonce,
      String nonceCount,
      String response,
      Optional<Auts> auts)
      implements DigestCredentials {
    private static final Pattern CLIENT_NONCE = Pattern.compile("[A-Za-z0-9+/=_-]{1,64}");
    private static final Pattern COUNT = Pattern.compile("[0-9a-f]{8}");
    private static final Pattern RESPONSE = Pattern.compile("[0-9a-f]{32}");

    /**
     * @throws IllegalArgumentException naming the parameter that does not fit
     */
    public Answer {
      require("cnonce", CLIENT_NONCE, clientNonce);
      require("nc", COUNT, nonceCount);
      require("response", RESPONSE, response);
    }

    private static void require(String name, Pattern form, String value) {
      if (!form.matcher(value).matches()) {
        throw new IllegalArgumentException("authentication: give " + name + " in its form");
      }
    }

    /**
     * RAND and AUTN of the challenge.
     *
     * @throws IllegalArgumentException if the nonce has another form
     */
    public AkaNonce challenge() {
      return AkaNonce.parse(nonce);
    }

    @Override
    public String toString() {
      return ("Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", qop=%s, nc=%s,"
              + " cnonce=\"%s\", response=\"%s\", algorithm=%s%s")
          .formatted(
              username,
              realm,
              nonce,
              uri,
              DigestChallenge.QUALITY,
              nonceCount,
              clientNonce,
              response,
              DigestChallenge.ALGORITHM,
              auts.map(token -> ", auts=\"%s\"".formatted(encoded(token))).orElse(""));
    }

    private static String encoded(Auts auts) {
      return Base64.getEncoder().encodeToString(auts.octets());
    }
  }

  /**
   * Reads a header field's value.
   *
   * @throws IllegalArgumentException naming the parameter that does not fit, never a value
   */
  static DigestCredentials parse(String text) {
    DigestParameters parameters = DigestParameters.ofScheme(text);
    Impi username = Impi.parse(parameters.get("username"));
    Fqdn realm = new Fqdn(parameters.get("realm"));
    String nonce = parameters.get("nonce");
    String uri = parameters.get("uri");
    if (nonce.isEmpty()) {
      return new Opening(username, realm, uri);
    }
    parameters.require("algorithm", DigestChallenge.ALGORITHM);
    parameters.require("qop", DigestChallenge.QUALITY);
    return new Answer(
        username,
        realm,
        nonce,
        uri,
        parameters.get("cnonce"),
        parameters.get("nc"),
        parameters.get("response"),
        parameters.find("auts").map(token -> Auts.of(Base64Text.decode("auts", token))));
  }
}
