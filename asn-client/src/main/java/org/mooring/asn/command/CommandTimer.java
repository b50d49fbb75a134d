// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.mooring.asn.enrolment.RegistrationObserver;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.CommandProgress;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.TrustResourceNames;

/** When the node asks the MEF for commands (TS-0003 clauses 8.3.4.6 and 8.3.9.6). */
public final class CommandTimer implements RegistrationObserver {
  private static final double EARLIEST = 0.8;
  private static final double LATEST = 1.2;

  /** A MEF that wants to be asked again at once does not keep the node busy. */
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  private final ServerClock clock;
  private final Duration poll;
  private final RandomGenerator dice;

  /**
   * @param poll see {@link CommandSettings#poll}
   */
  public CommandTimer(ServerClock clock, Duration poll, RandomGenerator dice) {
    this.clock = clock;
    this.poll = poll;
    this.dice = dice;
  }

  /** At once where the answer refers to a command, else when the poll is due. */
  @Override
  public void answered(Attributes registration, NodeState.Builder next) {
    NodeState state = next.build();
    boolean isReferenced = registration.has(TrustResourceNames.CHILD_RESOURCE);
    next.commands(state.commands().dueAt(isReferenced ? clock.now(state) : nextPoll(state)));
  }

  /** After NO_MORE_COMMANDS: when the MEF's time is over, or the node's own before. */
  CommandProgress afterLast(NodeState state, Duration retryDuration) {
    double spread = 1 + (LATEST - 1) * dice.nextDouble();
    Instant latest = later(state, retryDuration, spread);
    Instant own = nextPoll(state);
    return state.commands().dueAt(own.isBefore(latest) ? own : latest);
  }

  /** Whether the next visit is further away than the poll, which may have been set anew. */
  public boolean isTooLate(NodeState state) {
    return state.commands().retrieveAt().isAfter(clock.now(state).plus(poll));
  }

  /** The MEF did not let the node have its commands; what is under way stays so. */
  public CommandProgress postponed(NodeState state) {
    return state.commands().dueAt(nextPoll(state));
  }

  private Instant nextPoll(NodeState state) {
    return later(state, poll, EARLIEST + (1 - EARLIEST) * dice.nextDouble());
  }

  private Instant later(NodeState state, Duration wait, double share) {
    Instant now = clock.now(state);
    double millis = Math.max(SHORTEST.toMillis(), wait.toMillis() * share);
    return now.plusMillis((long) Math.min(millis, Duration.ofDays(36_500).toMillis()));
  }
}
