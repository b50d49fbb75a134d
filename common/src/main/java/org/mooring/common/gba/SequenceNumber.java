// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A sequence number SQN of 48 bits, SEQ ‖ IND (TS 33.102 annex C.1.1): SEQ counts, IND of 5 bits
 * says in which place of its array a USIM remembers it.
 *
 * @param value 0 to 2^48 - 1
 */
public record SequenceNumber(long value) {
  /** Its length in octets. */
  public static final int OCTETS = 6;

  /** Places in a USIM's array. */
  public static final int PLACES = 32;

  private static final int INDEX_BITS = 5;
  private static final long LARGEST = (1L << 48) - 1;

  /**
   * @throws IllegalArgumentException if it takes more than 48 bits
   */
  public SequenceNumber {
    if (value < 0 || value > LARGEST) {
      throw new IllegalArgumentException("SQN: give a number of 48 bits");
    }
  }

  /**
   * @param counter SEQ
   * @param place IND
   */
  public static SequenceNumber of(long counter, int place) {
    return new SequenceNumber((counter << INDEX_BITS) | place);
  }

  static SequenceNumber of(byte[] octets) {
    byte[] padded = new byte[Long.BYTES];
    System.arraycopy(octets, 0, padded, Long.BYTES - OCTETS, OCTETS);
    return new SequenceNumber(ByteBuffer.wrap(padded).getLong());
  }

  /** SEQ. */
  public long counter() {
    return value >> INDEX_BITS;
  }

  /** IND, 0 to 31. */
  public int place() {
    return (int) (value & (PLACES - 1));
  }

  /**
   * The next one that a network uses: the next SEQ in the next place (TS 33.102 annex C.1.2, not
   * time-based).
   *
   * @throws IllegalArgumentException if there is none, after 2^43 authentications
   */
  public SequenceNumber next() {
    return of(counter() + 1, (place() + 1) % PLACES);
  }

  byte[] octets() {
    byte[] padded = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return Arrays.copyOfRange(padded, Long.BYTES - OCTETS, Long.BYTES);
  }
}
