// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.est;

import java.time.Duration;

/** An EST request that is refused; the message is the diagnostic payload. */
public final class EstRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final EstRefusal refusal;
  private final Duration wait;

  EstRefusedException(EstRefusal refusal, String message, Duration wait) {
    super(message, null, false, false);
    this.refusal = refusal;
    this.wait = wait;
  }

  public EstRefusal refusal() {
    return refusal;
  }

  /** How long until another try may succeed; zero where waiting does not help. */
  public Duration retryAfter() {
    return wait;
  }
}
