// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Optional;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * What the factory gave: a subscription with a USIM in software, and where the node bootstraps with
 * it. The sequence numbers that the USIM accepted stand in the state.
 *
 * @param impi the subscription's identity
 * @param key K ‖ OPc, 16 octets each
 * @param mef the MEF's FQDN, which is the BSF's too
 * @param ub where the BSF is
 * @param host name or address of the MEF
 * @param port its UDP port
 */
public record UsimCredential(
    Impi impi, SecretKeyBytes key, Fqdn mef, UbAddress ub, String host, int port)
    implements MefCredential {

  /**
   * @throws IllegalArgumentException if the key has another length
   */
  public UsimCredential {
    if (key.length() != 2 * SubscriberKey.OCTETS) {
      throw new IllegalArgumentException("USIM: give K and OPc, 16 octets each");
    }
  }

  @Override
  public EnrolmentMethod method() {
    return EnrolmentMethod.GBA;
  }

  @Override
  public KeyIdentifier id() {
    return impi.identifier();
  }

  @Override
  public UsimCredential reachedAt(String otherHost, int otherPort) {
    return new UsimCredential(impi, key, mef, ub, otherHost, otherPort);
  }

  /** Another MEF, which is its own BSF, has no agreement with this subscription's operator. */
  @Override
  public Optional<MefCredential> at(Fqdn other, String otherHost, int otherPort) {
    return other.equals(mef) ? Optional.of(reachedAt(otherHost, otherPort)) : Optional.empty();
  }
}
