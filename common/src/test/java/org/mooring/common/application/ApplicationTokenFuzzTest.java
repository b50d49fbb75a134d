// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A text is a token, or refused in words that are the same whatever it held. */
class ApplicationTokenFuzzTest {
  private static final String FIXED_WORDS =
      "token: its? ("
          + "has not the form of a JWS"
          + "|header is none of a mooring-app\\+jws with ES256"
          + "|(header|payload) is no JSON object"
          + "|(header|payload|secret) is no base64url"
          + "|claim [a-zA-Z]{3,19} is missing or wrong"
          + "); get it from the application's issuer again, whole";

  private static final String HEADER = encoded("{\"alg\":\"ES256\",\"typ\":\"mooring-app+jws\"}");

  @FuzzTest
  void aTextIsATokenOrRefusedWithoutEcho(byte[] octets) {
    read(new String(octets, StandardCharsets.UTF_8)).ifPresent(ApplicationTokenFuzzTest::comesBack);
  }

  @FuzzTest
  void anyPayloadIsATokenOrRefusedWithoutEcho(byte[] payload) {
    read(compact(payload)).ifPresent(ApplicationTokenFuzzTest::comesBack);
  }

  private static Optional<ApplicationToken> read(String text) {
    try {
      return Optional.of(ApplicationToken.read(text));
    } catch (MalformedTokenException e) {
      assertThat(e).hasNoCause();
      assertThat(e.getMessage()).matches(FIXED_WORDS);
      return Optional.empty();
    }
  }

  private static void comesBack(ApplicationToken token) {
    assertThat(ApplicationToken.read(compact(token.payload()))).isEqualTo(token);
    assertThat(token.nodes()).isNotEmpty();
  }

  private static String compact(byte[] payload) {
    return HEADER + "." + ApplicationToken.encoded(payload) + ".c2ln";
  }

  private static String encoded(String json) {
    return ApplicationToken.encoded(json.getBytes(StandardCharsets.UTF_8));
  }
}
