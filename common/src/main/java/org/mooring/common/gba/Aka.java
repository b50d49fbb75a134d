// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.security.MessageDigest;
import java.util.Optional;
import org.mooring.common.key.SecretKeyBytes;

/**
 * Authentication and key agreement with MILENAGE (TS 33.102 clauses 6.3.2, 6.3.3 and 6.3.5): the
 * network's part and the USIM's.
 */
public final class Aka {
  /** No bit is set: bit 0 would keep a vector to E-UTRAN (TS 33.102 annex H). */
  private static final byte[] AMF = new byte[Milenage.AMF_OCTETS];

  /** AUTS always has this one (TS 33.102 clause 6.3.3). */
  private static final byte[] RESYNCHRONISATION_AMF = new byte[Milenage.AMF_OCTETS];

  private Aka() {}

  /** The network's part: a vector for one authentication. */
  public static AuthenticationVector vector(SubscriberKey key, Rand rand, SequenceNumber number) {
    Milenage milenage = new Milenage(key);
    byte[] concealed = Octets.xor(number.octets(), milenage.anonymityKey(rand));
    return new AuthenticationVector(
        rand,
        Autn.of(concealed, AMF, milenage.networkMac(rand, number, AMF)),
        milenage.response(rand),
        milenage.cipherKey(rand),
        milenage.integrityKey(rand));
  }

  /** The network's part: where a USIM's numbers stand; empty if the USIM did not make the token. */
  public static Optional<SequenceNumber> numberIn(Auts auts, SubscriberKey key, Rand rand) {
    Milenage milenage = new Milenage(key);
    SequenceNumber number =
        SequenceNumber.of(
            Octets.xor(
                auts.concealedSequenceNumber(), milenage.resynchronisationAnonymityKey(rand)));
    byte[] mac = milenage.resynchronisationMac(rand, number, RESYNCHRONISATION_AMF);
    return MessageDigest.isEqual(mac, auts.mac()) ? Optional.of(number) : Optional.empty();
  }

  /**
   * What a USIM reads out of a challenge.
   *
   * @param number which is for the USIM to judge
   * @param response RES, 8 octets
   * @param sessionKey Ks = CK ‖ IK, 32 octets
   */
  public record Opened(SequenceNumber number, SecretKeyBytes response, SecretKeyBytes sessionKey) {}

  /** The USIM's part: reads a challenge; empty if no network that knows the key made it. */
  public static Optional<Opened> open(SubscriberKey key, Rand rand, Autn autn) {
    Milenage milenage = new Milenage(key);
    SequenceNumber number =
        SequenceNumber.of(Octets.xor(autn.concealedSequenceNumber(), milenage.anonymityKey(rand)));
    if (!MessageDigest.isEqual(milenage.networkMac(rand, number, autn.amf()), autn.mac())) {
      return Optional.empty();
    }
    return Optional.of(
        new Opened(
            number,
            milenage.response(rand),
            Keys.joined(milenage.cipherKey(rand), milenage.integrityKey(rand))));
  }

  /**
   * The USIM's part: tells where its numbers stand.
   *
   * @param highest the highest one that it accepted
   */
  public static Auts auts(SubscriberKey key, Rand rand, SequenceNumber highest) {
    Milenage milenage = new Milenage(key);
    return Auts.of(
        Octets.xor(highest.octets(), milenage.resynchronisationAnonymityKey(rand)),
        milenage.resynchronisationMac(rand, highest, RESYNCHRONISATION_AMF));
  }
}
