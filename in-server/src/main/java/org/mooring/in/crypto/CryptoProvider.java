// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.crypto;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;

/**
 * Who computes on elliptic curves.
 *
 * @param name of a JCA provider, such as {@code SunEC}
 * @param version of it, in its own words
 */
public record CryptoProvider(String name, String version) {
  static final String SIGNATURE = "SHA256withECDSA";

  /**
   * Whom this process asks now.
   *
   * @throws IllegalStateException if the Java runtime has nobody who can
   */
  public static CryptoProvider inUse() {
    try {
      Provider first = Signature.getInstance(SIGNATURE).getProvider();
      return new CryptoProvider(first.getName(), first.getVersionStr());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the Java runtime has no elliptic curves: add its module jdk.crypto.ec", e);
    }
  }

  /** Name and version. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}
