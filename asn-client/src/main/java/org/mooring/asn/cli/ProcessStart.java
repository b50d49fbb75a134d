// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.Instant;
import java.time.InstantSource;

/** When this JVM was started. */
final class ProcessStart {
  private ProcessStart() {}

  /** As the operating system tells it; the present where it does not. */
  static Instant instant(InstantSource clock) {
    return ProcessHandle.current().info().startInstant().orElseGet(clock::instant);
  }
}
