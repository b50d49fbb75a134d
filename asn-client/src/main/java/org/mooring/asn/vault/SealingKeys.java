// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import org.mooring.common.key.SecretKeyBytes;

/** Sealing keys that are computed, and not kept: no part of oneM2M's key hierarchy. */
final class SealingKeys {
  private static final String MACHINE_LABEL = "mooring vault machine v1";
  private static final String TOKEN_LABEL = "mooring vault token v1";

  private SealingKeys() {}

  /** {@code HMAC-SHA-256(salt, "mooring vault machine v1" ‖ 0x00 ‖ machineId)}. */
  static SecretKeyBytes ofMachine(SecretKeyBytes salt, String machineId) {
    return derive(salt, MACHINE_LABEL, machineId.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * {@code HMAC-SHA-256(answer, "mooring vault token v1" ‖ 0x00 ‖ seed)}.
   *
   * @param answer what the token's key makes of the seed
   */
  static SecretKeyBytes ofToken(SecretKeyBytes answer, byte[] seed) {
    return derive(answer, TOKEN_LABEL, seed);
  }

  private static SecretKeyBytes derive(SecretKeyBytes secret, String label, byte[] context) {
    try {
      Mac hmac = Mac.getInstance("HmacSHA256");
      hmac.init(secret.toSecretKey("HmacSHA256"));
      hmac.update(label.getBytes(StandardCharsets.US_ASCII));
      hmac.update((byte) 0);
      byte[] derived = hmac.doFinal(context);
      try {
        return SecretKeyBytes.copyOf(derived);
      } finally {
        Arrays.fill(derived, (byte) 0);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is missing from this Java runtime", e);
    }
  }
}
