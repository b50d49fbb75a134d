// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * One kill of a run.
 *
 * @param number from 1
 * @param victim who is killed
 * @param moment what the node is doing, where one is hit
 * @param after the wait from that moment, or since the victim before was started again
 * @param down how long the server is away
 * @param slot draws the node from those that may be killed
 * @param forgets whether the node has lost its vault before, and so walks from its factory key
 * @param settles whether every node is back before the next kill
 */
record Kill(
    int number,
    Victim victim,
    Moment moment,
    Duration after,
    Duration down,
    int slot,
    boolean forgets,
    boolean settles) {
  private static final int LONGEST_DOWN_MILLIS = 800;

  /** One in so many kills hits the server and a node at once. */
  private static final int BOTH_ONE_IN = 5;

  private static final double FORGETS = 0.4;
  private static final double SETTLES = 0.4;

  /** Who is killed. */
  enum Victim {
    SERVER,
    NODE,
    BOTH;

    boolean hitsServer() {
      return this != NODE;
    }

    boolean hitsNode() {
      return this != SERVER;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** In what part of its life a node is hit. */
  enum Moment {
    /** Whatever it is at, mostly traffic. */
    ANY(2_500),
    /** Soon after the process was started. */
    START(500),
    /** Once its Mca is open, when it walks or comes back from its vault. */
    WALK(600);

    private final int longestWaitMillis;

    Moment(int longestWaitMillis) {
      this.longestWaitMillis = longestWaitMillis;
    }

    private static Moment drawn(Random dice) {
      int fate = dice.nextInt(100);
      return fate < 40 ? ANY : fate < 55 ? START : WALK;
    }
  }

  /**
   * Draws the kills of a run.
   *
   * @param serverKills how many hit the server
   * @param nodeKills how many hit a node; those that hit both count for both
   */
  static List<Kill> plan(int serverKills, int nodeKills, long seed) {
    Random dice = new Random(seed);
    List<Victim> victims = new ArrayList<>();
    int both = Math.min(serverKills, nodeKills) / BOTH_ONE_IN;
    victims.addAll(Collections.nCopies(both, Victim.BOTH));
    victims.addAll(Collections.nCopies(serverKills - both, Victim.SERVER));
    victims.addAll(Collections.nCopies(nodeKills - both, Victim.NODE));
    Collections.shuffle(victims, dice);
    List<Kill> plan = new ArrayList<>();
    for (Victim victim : victims) {
      Moment moment = victim.hitsNode() ? Moment.drawn(dice) : Moment.ANY;
      plan.add(
          new Kill(
              plan.size() + 1,
              victim,
              moment,
              Duration.ofMillis(dice.nextInt(moment.longestWaitMillis)),
              Duration.ofMillis(dice.nextInt(LONGEST_DOWN_MILLIS)),
              dice.nextInt(Integer.MAX_VALUE),
              dice.nextDouble() < FORGETS,
              dice.nextDouble() < SETTLES));
    }
    return List.copyOf(plan);
  }
}
