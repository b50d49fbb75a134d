// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.Locale;
import java.util.Optional;

/** How an enrolled node reaches its association. */
public enum EnrolmentPath {
  /** Through a MAF: Ke, Km, Kc (TS-0003 clause 8.2.2.3). */
  MAF,
  /** Straight from the MEF to the CSE: Ke, Kpsa (TS-0003 clause 8.2.2.1). */
  DIRECT;

  /** The form in {@code path} and on command lines. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<EnrolmentPath> of(String text) {
    for (EnrolmentPath path : values()) {
      if (path.text().equals(text)) {
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }
}
