// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.util.Locale;
import java.util.Optional;

/** Which devices of a group may claim. One that the operator approved always may. */
public enum Approval {
  /** Every device that proves it has its key. */
  AUTO,
  /** Those alone that the operator approved, before or after they came; others wait. */
  MANUAL,
  /** Those alone that the operator approved before they came; others open no handshake. */
  LISTED;

  /** Its form in orders and on command lines. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Approval> of(String text) {
    for (Approval approval : values()) {
      if (approval.text().equals(text)) {
        return Optional.of(approval);
      }
    }
    return Optional.empty();
  }
}
