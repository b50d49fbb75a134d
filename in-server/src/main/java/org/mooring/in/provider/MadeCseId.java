// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.provider;

import java.util.Locale;
import java.util.regex.Pattern;
import org.mooring.common.identifier.CseId;

/** The form of CSE-IDs that are made here: {@code /asn-} and 12 hex digits in lower case. */
public final class MadeCseId {
  /** How many bits tell one from another. */
  public static final int BITS = 48;

  private static final Pattern STEM = Pattern.compile("asn-[0-9a-f]{12}");

  private MadeCseId() {}

  /**
   * The one with a number.
   *
   * @param number of {@link #BITS} bits
   */
  public static CseId of(long number) {
    return new CseId(String.format(Locale.ROOT, "/asn-%012x", number));
  }

  /** Whether a name is the stem of one that was made here or may be. */
  public static boolean isStem(String name) {
    return STEM.matcher(name).matches();
  }
}
