// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import org.mooring.common.resource.EnrolmentMethod;

/** What {@link MethodPolicy} decides on a session's method, with the reason. */
public sealed interface MethodDecision {
  /** It will do, and no better one is to be had. */
  record Accepted() implements MethodDecision {}

  /**
   * It will do since the node says that it was refused with a better one. Somebody may have forged
   * alerts.
   *
   * @param preferred the better one
   * @param opensHere whether the enrolee has a credential here with which it should have got in
   */
  record InsteadOf(EnrolmentMethod preferred, boolean opensHere) implements MethodDecision {}

  /** It will not do. */
  sealed interface Refused extends MethodDecision {
    /** Why, in one line that follows the name of the method. */
    String reason();
  }

  /** The provider does not take it from anybody. */
  record NotAccepted() implements Refused {
    @Override
    public String reason() {
      return "is not among the methods that the provider accepts";
    }
  }

  /** The provider does not take it from this enrolee. */
  record BelowMinimum(EnrolmentMethod minimum) implements Refused {
    @Override
    public String reason() {
      return "is below the enrolee's minimum, " + minimum.text();
    }
  }

  /** The node could have enrolled by a method that the provider would rather have. */
  record Preferred(EnrolmentMethod preferred) implements Refused {
    @Override
    public String reason() {
      return "is not needed, the node has " + preferred.text();
    }
  }
}
