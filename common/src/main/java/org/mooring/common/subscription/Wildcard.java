// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

/**
 * An element of a rule: an identifier, in which {@code *} stands for any characters, or none
 * (TS-0001 clause 9.6.29). Everything else is compared as it is written, by case too (TS-0004
 * clause 6.3.1).
 *
 * @param text as the rule has it, such as {@code C123*X}
 */
public record Wildcard(String text) {
  private static final char ANY = '*';

  /** Whether it stands for one identifier alone. */
  public boolean isExact() {
    return text.indexOf(ANY) < 0;
  }

  /**
   * Whether the whole value is of this pattern. Takes no longer than the two lengths multiplied,
   * whatever the pattern.
   */
  public boolean matches(String value) {
    int at = 0;
    int next = 0;
    int lastAny = -1;
    int resume = 0;
    while (at < value.length()) {
      if (next < text.length() && text.charAt(next) == ANY) {
        lastAny = next++;
        resume = at;
      } else if (next < text.length() && text.charAt(next) == value.charAt(at)) {
        next++;
        at++;
      } else if (lastAny >= 0) {
        next = lastAny + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    return text.substring(next).chars().allMatch(rest -> rest == ANY);
  }

  /** Whether a value of it may begin with this letter. */
  boolean mayBeginWith(char letter) {
    return !text.isEmpty() && (text.charAt(0) == ANY || text.charAt(0) == letter);
  }

  /**
   * A value of it with something in the place of the first {@code *}, nothing in that of others.
   */
  String filled(String filler) {
    int first = text.indexOf(ANY);
    return first < 0
        ? text
        : text.substring(0, first) + filler + text.substring(first + 1).replace("*", "");
  }

  @Override
  public String toString() {
    return text;
  }
}
