// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * A row of the audit log.
 *
 * @param seq 1 for the first
 * @param at milliseconds since 1970
 * @param detail a JSON object
 * @param previous the hash of the entry before in hex, empty for the first
 */
record AuditEntry(
    long seq,
    long at,
    String actor,
    String action,
    String subject,
    String detail,
    String previous) {

  /**
   * SHA-256 in hex over seq (8 octets) ‖ at (8) and then each text in the order of the fields, its
   * length in octets (4) before its UTF-8.
   */
  String hash() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(seq).putLong(at).flip());
      for (String text : List.of(actor, action, subject, detail, previous)) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).flip());
        sha256.update(octets);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }
}
