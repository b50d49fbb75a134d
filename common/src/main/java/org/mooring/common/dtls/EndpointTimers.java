// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.time.Duration;

/**
 * How long an endpoint waits.
 *
 * @param ackTimeout first wait for an answer to a CoAP request; each retry doubles it
 * @param retries CoAP retransmissions after the first transmission
 * @param dtlsTimeout first wait for a flight of the handshake; each retry doubles it
 * @param dtlsRetries retransmissions of a flight
 */
public record EndpointTimers(
    Duration ackTimeout, int retries, Duration dtlsTimeout, int dtlsRetries) {
  /**
   * 2 s and two retries for requests; 1 s (RFC 6347 clause 4.2.4.1) and two retries for flights, so
   * that a server's Finished has 7 s to come. Three flights each way have to pass: at 30 % loss a
   * handshake with two tries for each ends well in two of five cases, one with three in two of
   * three.
   */
  public static final EndpointTimers DEFAULT =
      new EndpointTimers(Duration.ofSeconds(2), 2, Duration.ofSeconds(1), 2);

  /**
   * @throws IllegalArgumentException if a wait is not positive or a count negative
   */
  public EndpointTimers {
    if (isNotPositive(ackTimeout) || isNotPositive(dtlsTimeout) || retries < 0 || dtlsRetries < 0) {
      throw new IllegalArgumentException(
          "timers: give positive durations and counts of zero or more");
    }
  }

  private static boolean isNotPositive(Duration wait) {
    return wait.isNegative() || wait.isZero();
  }
}
