// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts what passes a UDP socket: datagrams and their payload octets, both ways, and handshakes.
 */
public final class TrafficMeter {
  private final @Nullable TrafficMeter whole;
  private final LongAdder handshakes = new LongAdder();
  private final LongAdder datagrams = new LongAdder();
  private final LongAdder bytes = new LongAdder();

  public TrafficMeter() {
    this(null);
  }

  private TrafficMeter(@Nullable TrafficMeter whole) {
    this.whole = whole;
  }

  /** A meter that also counts into this one. */
  TrafficMeter part() {
    return new TrafficMeter(this);
  }

  /**
   * A reading.
   *
   * @param handshakes full and abbreviated handshakes that ended well
   * @param datagrams UDP datagrams sent and received
   * @param bytes octets of UDP payload sent and received
   */
  public record Reading(long handshakes, long datagrams, long bytes) {
    public static final Reading ZERO = new Reading(0, 0, 0);

    public Reading plus(Reading other) {
      return new Reading(
          handshakes + other.handshakes, datagrams + other.datagrams, bytes + other.bytes);
    }

    public Reading minus(Reading earlier) {
      return new Reading(
          handshakes - earlier.handshakes, datagrams - earlier.datagrams, bytes - earlier.bytes);
    }
  }

  public void countHandshake() {
    handshakes.increment();
    if (whole != null) {
      whole.countHandshake();
    }
  }

  /**
   * Counts one datagram, sent or received.
   *
   * @param octets length of the datagram's payload
   */
  public void countDatagram(int octets) {
    datagrams.increment();
    bytes.add(octets);
    if (whole != null) {
      whole.countDatagram(octets);
    }
  }

  public Reading read() {
    return new Reading(handshakes.sum(), datagrams.sum(), bytes.sum());
  }
}
