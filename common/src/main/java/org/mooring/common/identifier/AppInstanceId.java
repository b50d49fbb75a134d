// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

/**
 * An App-Inst-ID: tells one instance of an application from its others on the same node. The term
 * is that of the drafts of TS-0001; an AE-ID names the AE that the instance registers as.
 *
 * @param value 1 to 255 letters, digits, dots, underscores and hyphens, in its own case
 */
public record AppInstanceId(String value) {
  /**
   * @throws IdentifierSyntaxException if a character does not fit or there are too many
   */
  public AppInstanceId {
    Syntax.requireUnreserved(value, "App-Inst-ID");
  }

  @Override
  public String toString() {
    return value;
  }
}
