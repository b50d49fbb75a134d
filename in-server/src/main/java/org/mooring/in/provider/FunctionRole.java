// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.provider;

import java.util.Locale;

/** The functions behind the one coaps port; a session talks to exactly one of them. */
public enum FunctionRole {
  MEF,
  MAF,
  CSE;

  /** The form in the store and on command lines. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
