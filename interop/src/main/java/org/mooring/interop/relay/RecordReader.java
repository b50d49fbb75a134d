// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the headers of the DTLS records in a datagram.
 *
 * <pre>
 * type 1 ‖ version 2 ‖ epoch 2 ‖ sequence number 6 ‖ [connection id, type 25 only] ‖ length 2
 * </pre>
 */
final class RecordReader {
  static final int ALERT = 21;
  static final int HANDSHAKE = 22;
  static final int WITH_CONNECTION_ID = 25;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int APPLICATION_DATA = 23;
  private static final int BEFORE_LENGTH = 11;
  private static final int LENGTH = 2;
  private static final int MAX_CONNECTION_ID = 32;

  /** Explicit nonce and authentication tag of the CCM_8 suites. */
  private static final int CCM_8_EXPANSION = 16;

  private RecordReader() {}

  /**
   * A record.
   *
   * @param type its outer content type
   * @param epoch 0 in clear, 1 and more protected
   * @param plaintext length of its content in octets, without the inner type; for protected records
   *     as the CCM_8 suites have it
   * @param firstOctet of what follows the header: the handshake type where that is in clear
   */
  record Header(int type, int epoch, int plaintext, int firstOctet) {
    boolean isClientHello() {
      return type == HANDSHAKE && epoch == 0 && firstOctet == 1;
    }

    boolean isAlert() {
      return type == ALERT || (type == WITH_CONNECTION_ID && plaintext == 2);
    }
  }

  /** The records of a datagram; empty where it is not DTLS. */
  static List<Header> read(ByteBuffer datagram) {
    List<Header> found = new ArrayList<>();
    int start = datagram.position();
    while (start < datagram.limit()) {
      int type = datagram.get(start) & 0xFF;
      int idLength = type == WITH_CONNECTION_ID ? connectionIdLength(datagram, start) : 0;
      int content = start + BEFORE_LENGTH + idLength + LENGTH;
      if (!isRecordType(type) || idLength < 0 || content >= datagram.limit()) {
        return List.of();
      }
      int length = datagram.getShort(content - LENGTH) & 0xFFFF;
      int epoch = datagram.getShort(start + 3) & 0xFFFF;
      int innerType = type == WITH_CONNECTION_ID ? 1 : 0;
      int plaintext = epoch == 0 ? length : length - CCM_8_EXPANSION - innerType;
      found.add(new Header(type, epoch, plaintext, datagram.get(content) & 0xFF));
      start = content + length;
    }
    return found;
  }

  private static boolean isRecordType(int type) {
    return (type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA) || type == WITH_CONNECTION_ID;
  }

  /**
   * The connection id's length stands nowhere in the record. A record with one ends its datagram in
   * all stacks met here, so the length is the one for which header and content fill the rest.
   */
  private static int connectionIdLength(ByteBuffer datagram, int start) {
    for (int length = 1; length <= MAX_CONNECTION_ID; length++) {
      int content = start + BEFORE_LENGTH + length + LENGTH;
      if (content >= datagram.limit()) {
        break;
      }
      if ((datagram.getShort(content - LENGTH) & 0xFFFF) == datagram.limit() - content) {
        return length;
      }
    }
    return -1;
  }
}
