// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.time.Duration;

/**
 * What a network does to the datagrams that pass it, each way alike.
 *
 * @param loss share of datagrams that vanish, 0 to 1
 * @param duplicate share of datagrams that arrive twice
 * @param reorder share of datagrams that are held back, so that later ones overtake them
 * @param rebind share of datagrams to the server before which the NAT in between forgets its
 *     client, so that they come from another port
 * @param rtt how long a datagram and its answer are under way together
 * @param jitter up to which a datagram takes longer than half the round trip
 * @param mtu octets of the largest IPv4 packet that passes; larger ones vanish
 */
public record NetworkConditions(
    double loss,
    double duplicate,
    double reorder,
    double rebind,
    Duration rtt,
    Duration jitter,
    int mtu) {

  /** Headers of IPv4 and UDP. */
  private static final int HEADERS = 20 + 8;

  private static final int ANY_MTU = 65_535;

  /** What loopback does. */
  public static final NetworkConditions PERFECT =
      new NetworkConditions(0, 0, 0, 0, Duration.ZERO, Duration.ZERO, ANY_MTU);

  /**
   * @throws IllegalArgumentException naming the parameter that is out of range
   */
  public NetworkConditions {
    requireShare("loss", loss);
    requireShare("duplicate", duplicate);
    requireShare("reorder", reorder);
    requireShare("rebind", rebind);
    if (rtt.isNegative() || jitter.isNegative()) {
      throw new IllegalArgumentException("network: give times of zero or more");
    }
    if (mtu < HEADERS || mtu > ANY_MTU) {
      throw new IllegalArgumentException("mtu: give " + HEADERS + " to " + ANY_MTU + " octets");
    }
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + ": give a share from 0 to 1");
    }
  }

  public NetworkConditions withLoss(double share) {
    return new NetworkConditions(share, duplicate, reorder, rebind, rtt, jitter, mtu);
  }

  public NetworkConditions withDuplicate(double share) {
    return new NetworkConditions(loss, share, reorder, rebind, rtt, jitter, mtu);
  }

  public NetworkConditions withReorder(double share) {
    return new NetworkConditions(loss, duplicate, share, rebind, rtt, jitter, mtu);
  }

  public NetworkConditions withRebind(double share) {
    return new NetworkConditions(loss, duplicate, reorder, share, rtt, jitter, mtu);
  }

  public NetworkConditions withRtt(Duration time) {
    return new NetworkConditions(loss, duplicate, reorder, rebind, time, jitter, mtu);
  }

  public NetworkConditions withJitter(Duration time) {
    return new NetworkConditions(loss, duplicate, reorder, rebind, rtt, time, mtu);
  }

  public NetworkConditions withMtu(int octets) {
    return new NetworkConditions(loss, duplicate, reorder, rebind, rtt, jitter, octets);
  }

  public boolean isPerfect() {
    return equals(PERFECT);
  }

  /** Octets of UDP payload that pass. */
  int maxPayload() {
    return mtu - HEADERS;
  }
}
