// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;

/** Whether an application or a token counts. */
public sealed interface Standing {
  /** It does. */
  record Active() implements Standing {}

  /**
   * It does not and never will.
   *
   * @param reason what the operator gave
   */
  record Revoked(Instant at, String reason) implements Standing {}

  default boolean isRevoked() {
    return this instanceof Revoked;
  }
}
