// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import org.jspecify.annotations.Nullable;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.common.primitive.ResponseStatusCode;

/** The step that failed last, and how many have since one went well. Its users take turns. */
final class LastFailure {
  private LifePlan.@Nullable Move move;
  private @Nullable ResponseStatusCode status;
  private int count;

  /** Failures in a row. */
  int count() {
    return count;
  }

  /**
   * One more.
   *
   * @param goesOn whether an enrolment goes on to another credential: with that it is another move,
   *     though it looks the same
   * @return failures in a row
   */
  int add(LifePlan.Move failed, Throwable cause, boolean goesOn) {
    move = failed;
    status = goesOn ? null : statusOf(cause);
    count++;
    return count;
  }

  /** Whether a move fails with the same refusal as the one before, which was the same move. */
  boolean isRepeatedBy(LifePlan.Move failed, Throwable cause) {
    return failed.equals(move) && status != null && status == statusOf(cause);
  }

  /** Forgets the failures where what went well is that step, or a registration. */
  boolean isOverBy(LifePlan.Move succeeded) {
    boolean isOver =
        succeeded.step() == LifeStep.REGISTER || (move != null && move.step() == succeeded.step());
    if (isOver) {
      move = null;
      status = null;
      count = 0;
    }
    return isOver;
  }

  private static @Nullable ResponseStatusCode statusOf(Throwable cause) {
    return cause instanceof RefusedAnswerException refused ? refused.status() : null;
  }
}
