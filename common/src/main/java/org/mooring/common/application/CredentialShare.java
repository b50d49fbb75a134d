// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.application;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * With whom an instance shares the association that its key opened (TS-0001 clause 11.2.2): each
 * with those alone whose tokens say so too, and on its own node.
 */
public enum CredentialShare {
  /** With nobody: a credential is a single AE's. */
  NONE,
  /** With the instances of its application. */
  APP,
  /** With those, and with the instances of other applications that share so. */
  NODE;

  /**
   * Whether an instance shares its association with another on its node.
   *
   * @param isOfOneApplication whether both have the same App-ID
   * @param other what the other one's token says
   */
  public boolean allows(boolean isOfOneApplication, CredentialShare other) {
    return isOfOneApplication ? this != NONE && other != NONE : this == NODE && other == NODE;
  }

  /** The form in tokens and on command lines. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads that form. */
  public static Optional<CredentialShare> of(String text) {
    return Stream.of(values()).filter(share -> share.text().equals(text)).findFirst();
  }
}
