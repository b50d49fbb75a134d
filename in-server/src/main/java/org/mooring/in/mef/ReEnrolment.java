// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.Locale;
import java.util.Optional;

/** When a node may enrol anew while an enrolment of it lives (design section 5). */
public enum ReEnrolment {
  /** At any time. */
  ALWAYS,
  /** While no session under an association of the earlier enrolment is alive. */
  LOST,
  /** In the last third of the earlier Ke's life, or before its first use. */
  WINDOW;

  /** The form on command lines. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ReEnrolment> of(String text) {
    for (ReEnrolment policy : values()) {
      if (policy.text().equals(text)) {
        return Optional.of(policy);
      }
    }
    return Optional.empty();
  }
}
