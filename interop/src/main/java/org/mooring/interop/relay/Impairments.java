// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.mooring.interop.relay.RelayedDatagram.Direction;

/**
 * Draws what happens to datagrams. A pure function: the n-th datagram of the k-th client in one
 * direction has the same fate in every run with the same seed and conditions, whatever the others
 * do meanwhile; and a fate does not change where another parameter does.
 *
 * @param seed tells runs apart
 */
record Impairments(NetworkConditions conditions, long seed) {
  /**
   * What a held-back datagram waits at least, so that one is overtaken without a round trip too.
   */
  private static final Duration LEAST_HOLD = Duration.ofMillis(20);

  /** The same dice under other conditions. */
  Impairments under(NetworkConditions others) {
    return new Impairments(others, seed);
  }

  /**
   * @param client in the order in which the relay met them, from 0
   * @param number of this client's datagram in this direction, from 0
   * @param octets of its payload
   */
  Passage of(int client, Direction direction, long number, int octets) {
    if (octets > conditions.maxPayload()) {
      return Passage.LOST;
    }
    if (conditions.isPerfect()) {
      return Passage.AT_ONCE;
    }
    SplittableRandom dice =
        new SplittableRandom(mix(mix(mix(seed) + client) + 2 * number + direction.ordinal()));
    boolean lost = dice.nextDouble() < conditions.loss();
    boolean twice = dice.nextDouble() < conditions.duplicate();
    boolean late = dice.nextDouble() < conditions.reorder();
    boolean rebound = dice.nextDouble() < conditions.rebind() && direction == Direction.TO_SERVER;
    Duration first = delay(dice.nextDouble(), late);
    Duration second = delay(dice.nextDouble(), late);
    if (lost) {
      return Passage.LOST;
    }
    return new Passage(twice ? List.of(first, second) : List.of(first), late, rebound);
  }

  private Duration delay(double jitter, boolean late) {
    Duration half = conditions.rtt().dividedBy(2);
    Duration held = half.compareTo(LEAST_HOLD) < 0 ? LEAST_HOLD : half;
    long extra = (long) (jitter * conditions.jitter().toNanos());
    return half.plusNanos(extra).plus(late ? held : Duration.ZERO);
  }

  /** A bijection that scatters neighbouring numbers (Stafford's 13th variant of MurmurHash3's). */
  private static long mix(long number) {
    long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
