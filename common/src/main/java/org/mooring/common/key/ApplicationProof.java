// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.security.MessageDigest;

/**
 * What shows in one session that an application has the secret of its token, for one App-Inst-ID:
 * {@code prf} of an application association, 32 octets. Compares in constant time and shows in no
 * text form.
 */
public final class ApplicationProof {
  /** Its length, that of HMAC-SHA-256. */
  public static final int OCTETS = 32;

  private final byte[] octets;

  private ApplicationProof(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Copies the octets.
   *
   * @throws IllegalArgumentException if there are not {@link #OCTETS}
   */
  public static ApplicationProof of(byte[] octets) {
    if (octets.length != OCTETS) {
      throw new IllegalArgumentException("application proof: give 32 octets");
    }
    return new ApplicationProof(octets.clone());
  }

  /** A copy of the octets, as they travel. */
  public byte[] toByteArray() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ApplicationProof that && MessageDigest.isEqual(octets, that.octets);
  }

  /** The same for all: a hash of the octets would tell about them. */
  @Override
  public int hashCode() {
    return OCTETS;
  }

  @Override
  public String toString() {
    return "ApplicationProof[" + OCTETS + " octets]";
  }
}
