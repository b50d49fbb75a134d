// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.transaction;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.mooring.common.primitive.Operation;

/**
 * What makes two requests the same one: the authenticated client, its request identifier and what
 * it asked for. The identifier alone is not enough, as clients choose it.
 *
 * @param client the authenticated client's absolute id
 * @param requestId the request primitive's rqi
 * @param digest SHA-256 over operation, target and content in hex
 */
public record RequestKey(String client, String requestId, String digest) {
  /**
   * The key of a request.
   *
   * @param target the address as resolved, so that two spellings of one resource count as one
   * @param content the encoded content, empty where the request has none
   */
  public static RequestKey of(
      String client, String requestId, Operation operation, String target, byte[] content) {
    byte[] targetOctets = target.getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(2 * Integer.BYTES + targetOctets.length);
    head.putInt(operation.code()).putInt(targetOctets.length).put(targetOctets).flip();
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(head);
      return new RequestKey(client, requestId, HexFormat.of().formatHex(sha256.digest(content)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is missing from this Java runtime", e);
    }
  }
}
