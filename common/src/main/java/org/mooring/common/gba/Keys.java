// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Arrays;
import org.mooring.common.key.SecretKeyBytes;

/** Joins keys. */
final class Keys {
  private Keys() {}

  /** One key behind the other. */
  static SecretKeyBytes joined(SecretKeyBytes first, SecretKeyBytes second) {
    byte[] one = first.toByteArray();
    byte[] other = second.toByteArray();
    byte[] both = Octets.joined(one, other);
    try {
      return SecretKeyBytes.copyOf(both);
    } finally {
      Arrays.fill(one, (byte) 0);
      Arrays.fill(other, (byte) 0);
      Arrays.fill(both, (byte) 0);
    }
  }
}
