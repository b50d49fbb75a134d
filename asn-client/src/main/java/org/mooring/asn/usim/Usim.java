// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import org.mooring.common.gba.AkaNonce;
import org.mooring.common.gba.Auts;
import org.mooring.common.key.SecretKeyBytes;

/** A USIM, in software or on a card (TS 33.102 clause 6.3.3, TS 31.102 clause 7.1.2). */
@FunctionalInterface
public interface Usim {
  /**
   * Answers a challenge. It may wait for a disk or a card, so network threads stay away.
   *
   * @throws UsimUnavailableException if the USIM is a card's and gives none
   */
  Answer authenticate(AkaNonce challenge);

  /** What a USIM says to a challenge. */
  sealed interface Answer {
    /**
     * The network is genuine, and here is the proof that the USIM is.
     *
     * @param response RES
     * @param sessionKey Ks = CK ‖ IK, 32 octets
     */
    record Authenticated(SecretKeyBytes response, SecretKeyBytes sessionKey) implements Answer {}

    /** The network is genuine, but its sequence number was used or is too far ahead. */
    record Stale(Auts auts) implements Answer {}

    /** MAC failure: whoever made the challenge does not know the USIM's key. */
    record WrongMac() implements Answer {}
  }
}
