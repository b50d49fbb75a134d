// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;

/**
 * What a registrar CSE puts in From and {@code lnk} where it announces an AE whose stem the
 * provider assigns (TS-0001 clause 10.2.2.2 steps 005a and 005b): its CSE-ID, a slash, and the stem
 * or a lone {@code S}.
 *
 * @param registrar SP-relative or absolute
 * @param stem {@code S} where it is to be assigned
 */
record AeLink(CseId registrar, String stem) {
  private static final char ASSIGNED_BY_PROVIDER = 'S';

  /** Reads one; empty for a text of any other form. */
  static Optional<AeLink> parse(String text) {
    int end = text.lastIndexOf('/');
    String stem = text.substring(end + 1);
    boolean isLink =
        end > 0
            && CseId.isValid(text.substring(0, end))
            && AeId.isValid(stem)
            && stem.charAt(0) == ASSIGNED_BY_PROVIDER;
    return isLink
        ? Optional.of(new AeLink(new CseId(text.substring(0, end)), stem))
        : Optional.empty();
  }
}
