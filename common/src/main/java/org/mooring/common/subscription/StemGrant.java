// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

/**
 * The AE-ID-Stem that a registration may have.
 *
 * @param pattern an exact stem, or one in which the first {@code *} is to be filled
 * @param letter what the stem starts with where the pattern leaves that open
 */
public record StemGrant(Wildcard pattern, char letter) {
  /** Whether the stem is still to be made unique. */
  public boolean isOpen() {
    return !pattern.isExact();
  }

  /**
   * The stem.
   *
   * @param unique takes the place of what the pattern leaves open
   */
  public String stem(String unique) {
    boolean startsOpen = pattern.text().startsWith("*");
    return pattern.filled(startsOpen ? letter + unique : unique);
  }
}
