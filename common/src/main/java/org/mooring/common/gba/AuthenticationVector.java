// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import org.mooring.common.key.SecretKeyBytes;

/**
 * One authentication vector (TS 33.102 clause 6.3.2), good for one authentication.
 *
 * @param rand the challenge
 * @param autn the network's proof
 * @param expectedResponse XRES, 4 to 16 octets
 * @param cipherKey CK, 16 octets
 * @param integrityKey IK, 16 octets
 */
public record AuthenticationVector(
    Rand rand,
    Autn autn,
    SecretKeyBytes expectedResponse,
    SecretKeyBytes cipherKey,
    SecretKeyBytes integrityKey) {

  /** Ks = CK ‖ IK (TS 33.220 clause 4.5.2), 32 octets. */
  public SecretKeyBytes sessionKey() {
    return Keys.joined(cipherKey, integrityKey);
  }
}
