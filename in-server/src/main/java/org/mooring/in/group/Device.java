// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.time.Instant;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.GroupDevice;

/**
 * A device of a group that the operator named or that came.
 *
 * @param since when it came to this state
 */
public record Device(GroupDevice id, State state, Instant since) {

  /** How far a device is. */
  public sealed interface State {
    /** It may claim, and has not yet. */
    record Approved() implements State {}

    /** It proved that it has its key, and the operator has not decided. */
    record Waiting() implements State {}

    /** It may not claim. */
    record Denied() implements State {}

    /**
     * It became an enrolee.
     *
     * @param entity the SP-relative CSE-ID assigned to it
     */
    record Claimed(EntityId entity) implements State {}
  }

  public boolean isWaiting() {
    return state instanceof State.Waiting;
  }

  public boolean isClaimed() {
    return state instanceof State.Claimed;
  }
}
