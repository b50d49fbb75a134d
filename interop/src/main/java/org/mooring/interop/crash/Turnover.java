// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;

/**
 * The operator at work while servers and nodes are killed: enrols guests, revokes keys of theirs,
 * which they have to replace by themselves, and in the end revokes the guests.
 */
final class Turnover implements AutoCloseable {
  private static final long PAUSE_MILLIS = 1_200;
  private static final long END_WITHIN_MILLIS = 60_000;
  private static final int MOST_GUESTS = 6;
  private static final int KEY_REVOKED_ONE_IN = 4;
  private static final List<Rung> RUNGS = List.of(Rung.ENROLMENT, Rung.MAF, Rung.ASSOCIATION);

  private final Operator operator;
  private final Population population;
  private final Random dice;
  private final Thread thread;
  private volatile boolean closed;

  private Turnover(Operator operator, Population population, long seed) {
    this.operator = operator;
    this.population = population;
    this.dice = new Random(seed);
    this.thread = new Thread(this::work, "operator");
    thread.setDaemon(true);
  }

  static Turnover start(Operator operator, Population population, long seed) {
    Turnover turnover = new Turnover(operator, population, seed);
    turnover.thread.start();
    return turnover;
  }

  private void work() {
    try {
      while (!closed) {
        population.welcome(operator.add(population.nextPath()));
        Thread.sleep(PAUSE_MILLIS);
        List<ResidentNode> guests = population.guests();
        if (dice.nextInt(KEY_REVOKED_ONE_IN) == 0) {
          revokeKey(guests.get(dice.nextInt(guests.size())));
        }
        if (guests.size() >= MOST_GUESTS) {
          operator.revoke(guests.get(0).owner());
          population.seeOff(guests.get(0));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void revokeKey(ResidentNode guest) throws InterruptedException {
    NodeState state = guest.state();
    Optional<HeldKey> key = state.key(RUNGS.get(dice.nextInt(RUNGS.size())));
    if (key.isPresent()) {
      operator.revokeKey(guest.owner(), key.get().id());
    }
  }

  /** Finishes what is under way; where the server does not run any longer, that is given up. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(END_WITHIN_MILLIS);
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
