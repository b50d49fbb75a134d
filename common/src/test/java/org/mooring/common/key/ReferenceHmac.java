// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 by the JDK, to check what the key ladder derives against another hand. */
public final class ReferenceHmac {
  private static final String ALGORITHM = "HmacSHA256";

  private ReferenceHmac() {}

  /** The 32 octets over all parts, one after the other. */
  public static byte[] hmac(byte[] key, byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
