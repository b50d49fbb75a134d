// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.Locale;
import java.util.Optional;

/**
 * How a node proves itself to a MEF (TS-0003 clause 8.3.2). Which one is stronger is the provider's
 * decision, so the order of the constants says nothing.
 */
public enum EnrolmentMethod {
  /** A pre-provisioned symmetric key, Kpm (clause 8.3.2.1). */
  PSK,
  /** A certificate, from the factory or issued since (clause 8.3.2.2). */
  CERTIFICATE,
  /** A raw public key (the same clause). */
  RPK,
  /** A USIM (clause 8.3.2.3). */
  GBA;

  /** The form on command lines, in orders and in labels. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<EnrolmentMethod> of(String text) {
    for (EnrolmentMethod method : values()) {
      if (method.text().equals(text)) {
        return Optional.of(method);
      }
    }
    return Optional.empty();
  }
}
