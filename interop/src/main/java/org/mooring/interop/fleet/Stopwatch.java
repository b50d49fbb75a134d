// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;

/** Time since it was made or restarted, by a clock that is never set. */
final class Stopwatch {
  private volatile long begun = System.nanoTime();

  void restart() {
    begun = System.nanoTime();
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
