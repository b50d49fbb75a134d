// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.util.OptionalLong;

/** When a node got its first answer since something was started again. */
final class Answers {
  private long since = System.nanoTime();
  private OptionalLong first = OptionalLong.empty();

  /**
   * The node or its server was started again: earlier answers count no longer.
   *
   * @param moment of {@code System.nanoTime}
   */
  synchronized void restart(long moment) {
    since = moment;
    first = OptionalLong.empty();
  }

  /** A request that was sent at a moment has been answered with success now. */
  synchronized void answered(long sent) {
    if (first.isEmpty() && sent >= since) {
      first = OptionalLong.of(System.nanoTime());
    }
  }

  /** The moment of the first answer; empty while there is none. */
  synchronized OptionalLong first() {
    return first;
  }
}
