// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/** A text that does not follow the syntax of the identifier it was given as. */
public final class IdentifierSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param identifier the identifier's name in the standard, such as {@code CSE-ID}
   * @param rule the rule that was broken, as a remedy
   */
  public IdentifierSyntaxException(String identifier, String rule) {
    super(identifier + ": " + rule);
  }
}
