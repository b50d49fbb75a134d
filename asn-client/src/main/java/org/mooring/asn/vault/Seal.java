// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Arrays;
import org.mooring.common.key.SecretKeyBytes;

/** The key that seals a vault, and what the head of the file says of it. */
final class Seal {
  static final int MAX_PARAMETERS = 255;
  private static final byte[] NONE = {};

  private final SealedBy by;
  private final byte[] parameters;
  private final SecretKeyBytes key;

  /**
   * @param parameters what is needed to have the key again, and no secret; at most {@link
   *     #MAX_PARAMETERS} octets
   * @param key 32 octets
   */
  Seal(SealedBy by, byte[] parameters, SecretKeyBytes key) {
    this.by = by;
    this.parameters = parameters.clone();
    this.key = key;
  }

  /** A seal whose key is found without parameters. */
  Seal(SealedBy by, SecretKeyBytes key) {
    this(by, NONE, key);
  }

  SealedBy by() {
    return by;
  }

  byte[] parameters() {
    return parameters.clone();
  }

  SecretKeyBytes key() {
    return key;
  }

  /** Whether a file with this head is sealed by it; an older head does not tell. */
  boolean fits(VaultHeader header) {
    return header.sealedBy().filter(told -> told != by).isEmpty()
        && Arrays.equals(parameters, header.parameters());
  }
}
