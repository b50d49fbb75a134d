// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.time.Duration;
import java.util.List;

/**
 * What the network does to one datagram.
 *
 * @param copies when each copy arrives, counted from when the datagram came; none where it is lost
 * @param late whether it is held back for others to overtake it
 * @param rebound whether it leaves from a new port of the NAT
 */
record Passage(List<Duration> copies, boolean late, boolean rebound) {
  /** It arrives once, and at once. */
  static final Passage AT_ONCE = new Passage(List.of(Duration.ZERO), false, false);

  /** It never arrives. */
  static final Passage LOST = new Passage(List.of(), false, false);

  Passage {
    copies = List.copyOf(copies);
  }

  boolean isLost() {
    return copies.isEmpty();
  }
}
