// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;

/**
 * The registration of an AE that wants its registration points tracked and has a stem that its
 * registrar assigns (TS-0001 clause 10.2.2.2 case f).
 */
public final class TrackedRegistration {
  /** trackRegistrationPoints. */
  public static final String ATTRIBUTE = "trps";

  private TrackedRegistration() {}

  /**
   * Whether an AE that registers, or is, is such a one.
   *
   * @param stem its AE-ID-Stem, or From as it came
   */
  public static boolean isOne(String stem, Attributes ae) {
    return ae.flag(ATTRIBUTE).orElse(false)
        && AeId.isValid(stem)
        && !new AeId(stem).isLoneLetter()
        && new AeId(stem).isAssignedByCse();
  }
}
