// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * An IMS private user identity, {@code user@realm} (TS 23.003 clauses 13.2 and 13.3), by which a
 * subscription is known; of a USIM {@code <IMSI>@ims.mncNNN.mccNNN.3gppnetwork.org}. It has the
 * syntax of a key identifier, so that the one index of identities has it too; its realm is in lower
 * case, in derivations as well.
 *
 * @param identifier its form in that index
 */
public record Impi(KeyIdentifier identifier) {
  /**
   * @throws IdentifierSyntaxException if the text has another form
   */
  public static Impi parse(String text) {
    try {
      return new Impi(KeyIdentifier.parse(text));
    } catch (IdentifierSyntaxException e) {
      throw new IdentifierSyntaxException("IMPI", "write user@realm, such as IMSI@ims.mnc…");
    }
  }

  @Override
  public String toString() {
    return identifier.toString();
  }
}
