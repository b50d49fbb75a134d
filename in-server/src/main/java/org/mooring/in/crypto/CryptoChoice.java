// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.crypto;

/** What an operator may want elliptic curves to be computed with. */
public enum CryptoChoice {
  /** A native provider where there is one that works, the JDK's else. */
  AUTO,
  /** What the JDK is set up with. */
  JDK,
  /** A native provider or nothing. */
  NATIVE
}
