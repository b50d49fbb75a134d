// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Arrays;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What a USIM and its operator share: the subscriber key K and the operator's variant of MILENAGE,
 * OPc = E_K(OP) xor OP (TS 35.206 clause 4.1).
 *
 * @param k 16 octets
 * @param opc 16 octets
 */
public record SubscriberKey(SecretKeyBytes k, SecretKeyBytes opc) {
  /** The length of each in octets. */
  public static final int OCTETS = 16;

  /**
   * @throws IllegalArgumentException naming the one that has another length
   */
  public SubscriberKey {
    requireLength("K", k);
    requireLength("OPc", opc);
  }

  private static void requireLength(String name, SecretKeyBytes key) {
    if (key.length() != OCTETS) {
      throw new IllegalArgumentException(name + ": give " + OCTETS + " octets");
    }
  }

  /** A new one, both parts random. */
  public static SubscriberKey random() {
    SecretKeyBytes both = SecretKeyBytes.random();
    try {
      return of(both);
    } finally {
      both.destroy();
    }
  }

  /**
   * Takes apart what {@link #joined} gave.
   *
   * @throws IllegalArgumentException if these are not 32 octets
   */
  public static SubscriberKey of(SecretKeyBytes joined) {
    byte[] octets = joined.toByteArray();
    try {
      Octets.requireLength("K and OPc", octets, 2 * OCTETS);
      return new SubscriberKey(part(octets, 0), part(octets, OCTETS));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  private static SecretKeyBytes part(byte[] octets, int from) {
    byte[] part = Arrays.copyOfRange(octets, from, from + OCTETS);
    try {
      return SecretKeyBytes.copyOf(part);
    } finally {
      Arrays.fill(part, (byte) 0);
    }
  }

  /** K ‖ OPc, to be sealed as one. */
  public SecretKeyBytes joined() {
    return Keys.joined(k, opc);
  }

  /** Wipes both. */
  public void destroy() {
    k.destroy();
    opc.destroy();
  }
}
