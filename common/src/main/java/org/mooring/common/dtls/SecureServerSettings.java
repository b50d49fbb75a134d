// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How a {@link SecureServer} runs.
 *
 * @param address where to listen; port 0 takes any free one
 * @param maxBodyOctets the largest request body; a larger one is answered with 4.13
 * @param maxConnections connections kept at a time, half-open ones included; beyond it the one that
 *     was silent longest makes room, if it was silent for {@code staleAfter}
 * @param staleAfter silence after which a connection may make room for a new one
 * @param maxLookups credential look-ups under way at a time
 * @param threads threads for DTLS and CoAP together
 * @param timers retransmission of answers and of the server's flights
 */
public record SecureServerSettings(
    InetSocketAddress address,
    int maxBodyOctets,
    int maxConnections,
    Duration staleAfter,
    int maxLookups,
    int threads,
    EndpointTimers timers) {

  /**
   * What the socket asks for to receive into, in octets: room for some thousand nodes that speak in
   * the same moment. The system may grant less.
   */
  public static final int RECEIVE_BUFFER = 4 << 20;

  private static final int BODY_OCTETS = 64 * 1024;
  private static final int CONNECTIONS = 150_000;
  private static final Duration STALE_AFTER = Duration.ofMinutes(5);
  private static final int LOOKUPS = 2_000;
  private static final EndpointTimers TIMERS =
      new EndpointTimers(Duration.ofSeconds(2), 4, Duration.ofSeconds(2), 2);

  /**
   * @throws IllegalArgumentException if a bound is not positive
   */
  public SecureServerSettings {
    if (maxBodyOctets < 1
        || maxConnections < 1
        || staleAfter.toSeconds() < 1
        || maxLookups < 1
        || threads < 1) {
      throw new IllegalArgumentException("server settings: every bound must be positive");
    }
  }

  /** Defaults: bodies of 64 KiB, 150 000 connections, as many threads as processors. */
  public static SecureServerSettings at(InetSocketAddress address) {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    return new SecureServerSettings(
        address, BODY_OCTETS, CONNECTIONS, STALE_AFTER, LOOKUPS, threads, TIMERS);
  }

  public SecureServerSettings withMaxBodyOctets(int octets) {
    return new SecureServerSettings(
        address, octets, maxConnections, staleAfter, maxLookups, threads, timers);
  }

  public SecureServerSettings withTimers(EndpointTimers newTimers) {
    return new SecureServerSettings(
        address, maxBodyOctets, maxConnections, staleAfter, maxLookups, threads, newTimers);
  }
}
