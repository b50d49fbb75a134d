// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One node's first walk.
 *
 * @param number of the node in the fleet, from 0
 * @param kpmId identifier of its factory key
 * @param started since the fleet's start
 * @param registered since the fleet's start; null where it did not get there
 * @param failures steps that failed on the way
 * @param steps how long each step took that ended well, the last time where it was done twice
 */
public record NodeRecord(
    int number,
    String kpmId,
    Duration started,
    @Nullable Duration registered,
    int failures,
    Map<String, Duration> steps) {

  public NodeRecord {
    steps = Map.copyOf(steps);
  }

  /** From its start to its registration. */
  public Optional<Duration> walk() {
    return registration().map(end -> end.minus(started));
  }

  /** When it was registered, since the fleet's start. */
  public Optional<Duration> registration() {
    return Optional.ofNullable(registered);
  }
}
