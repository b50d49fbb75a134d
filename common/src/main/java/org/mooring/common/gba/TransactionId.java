// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.gba;

import java.util.Base64;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;

/**
 * A bootstrapping transaction identifier, B-TID: {@code base64(RAND)@BSF-FQDN} (TS 33.220 clause
 * 4.5.2 and TS 23.003 clause 16.2). It names a Ks, and is case-sensitive.
 *
 * @param rand the challenge of the bootstrapping
 * @param bsf the BSF that it was made with
 */
public record TransactionId(Rand rand, Fqdn bsf) {
  /**
   * What 3GPP puts before a B-TID in a psk_identity (TS 33.222 clause 5.4); TS-0003 clause 8.3.2.3
   * does not.
   */
  public static final String PSK_PREFIX = "3GPP-bootstrapping;";

  /** The length of the part before the {@code @}. */
  private static final int RELATIVE_LENGTH = 24;

  /**
   * @throws IdentifierSyntaxException if the text has another form
   */
  public static TransactionId parse(String text) {
    KeyIdentifier id = KeyIdentifier.parse(text);
    if (!isTransactionId(id)) {
      throw new IdentifierSyntaxException("B-TID", "write base64 of 16 octets and '@bsf-fqdn'");
    }
    return new TransactionId(Rand.of(Base64.getDecoder().decode(id.relative())), id.issuer());
  }

  /** Whether a key identifier has the form of a B-TID. */
  public static boolean isTransactionId(KeyIdentifier id) {
    if (id.relative().length() != RELATIVE_LENGTH) {
      return false;
    }
    try {
      return Base64Text.decode("B-TID", id.relative()).length == Rand.OCTETS;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The form that a handshake carries. */
  public KeyIdentifier identifier() {
    return new KeyIdentifier(Base64.getEncoder().encodeToString(rand.octets()), bsf);
  }

  /** The form under which it is kept and looked up: RAND in hex. */
  public KeyIdentifier canonical() {
    return new RelativeKeyId(rand.hex()).at(bsf);
  }

  @Override
  public String toString() {
    return identifier().toString();
  }
}
