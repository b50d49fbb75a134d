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
 * @param after the wait since the one before was started again
 * @param down how long the server is away
 * @param slot draws the node from those that may be killed
 * @param forgets whether the node's vault is lost with it
 * @param settles whether every node is back before the next kill
 */
record Kill(
    int number,
    Victim victim,
    Duration after,
    Duration down,
    int slot,
    boolean forgets,
    boolean settles) {
  private static final int LONGEST_WAIT_MILLIS = 2_500;
  private static final int LONGEST_DOWN_MILLIS = 800;

  /** One in so many kills hits the server and a node at once. */
  private static final int BOTH_ONE_IN = 5;

  private static final double FORGETS = 0.25;
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
      plan.add(
          new Kill(
              plan.size() + 1,
              victim,
              Duration.ofMillis(dice.nextInt(LONGEST_WAIT_MILLIS)),
              Duration.ofMillis(dice.nextInt(LONGEST_DOWN_MILLIS)),
              dice.nextInt(Integer.MAX_VALUE),
              dice.nextDouble() < FORGETS,
              dice.nextDouble() < SETTLES));
    }
    return List.copyOf(plan);
  }
}
