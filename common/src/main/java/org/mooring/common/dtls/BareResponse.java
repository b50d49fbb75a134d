// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * The answer to a {@link BareRequest}.
 *
 * @param coapCode class times 100 plus detail; 205 is 2.05
 * @param contentFormat the number of Content-Format; none for a diagnostic payload
 * @param content the whole payload
 * @param maxAge how long the answer holds: of 4.29 and 5.03 the wait before another try (RFC 7252
 *     clause 5.9.3.4, RFC 8516); zero where it is not to be kept
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record BareResponse(
    int coapCode, OptionalInt contentFormat, byte[] content, Duration maxAge) {
  private static final int FIRST_ERROR = 400;

  /** A success with a representation. */
  public static BareResponse of(int coapCode, int contentFormat, byte[] content) {
    return new BareResponse(coapCode, OptionalInt.of(contentFormat), content, Duration.ZERO);
  }

  /** An error with a diagnostic payload (RFC 7252 clause 5.5.2). */
  public static BareResponse error(int coapCode, String diagnostic, Duration maxAge) {
    return new BareResponse(coapCode, OptionalInt.empty(), diagnostic.getBytes(UTF_8), maxAge);
  }

  public boolean isSuccess() {
    return coapCode < FIRST_ERROR;
  }

  /** The diagnostic payload of an error. */
  public String diagnostic() {
    return new String(content, UTF_8);
  }

  /** The code alone. */
  @Override
  public String toString() {
    return coapCode / 100 + "." + String.format("%02d", coapCode % 100);
  }
}
