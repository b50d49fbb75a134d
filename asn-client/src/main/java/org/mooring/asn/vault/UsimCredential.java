// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Optional;
import org.mooring.common.gba.Impi;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * What the factory gave: a subscription with a USIM, and where the node bootstraps with it.
 *
 * @param impi the subscription's identity
 * @param chip the USIM
 * @param mef the MEF's FQDN
 * @param bsf the BSF's FQDN, which is the MEF's where no operator has one
 * @param ub where the BSF is
 * @param host name or address of the MEF
 * @param port its UDP port
 */
public record UsimCredential(
    Impi impi, UsimChip chip, Fqdn mef, Fqdn bsf, UbAddress ub, String host, int port)
    implements MefCredential {

  /**
   * A USIM in software, of a MEF that is its own BSF.
   *
   * @param key K ‖ OPc, 16 octets each
   * @throws IllegalArgumentException if the key has another length
   */
  public UsimCredential(
      Impi impi, SecretKeyBytes key, Fqdn mef, UbAddress ub, String host, int port) {
    this(impi, new UsimChip.InSoftware(key), mef, mef, ub, host, port);
  }

  @Override
  public EnrolmentMethod method() {
    return EnrolmentMethod.GBA;
  }

  @Override
  public KeyIdentifier id() {
    return impi.identifier();
  }

  /** None where it is a card's alone. */
  @Override
  public Optional<SecretKeyBytes> secret() {
    return chip instanceof UsimChip.InSoftware software
        ? Optional.of(software.key())
        : Optional.empty();
  }

  @Override
  public UsimCredential reachedAt(String otherHost, int otherPort) {
    return new UsimCredential(impi, chip, mef, bsf, ub, otherHost, otherPort);
  }

  /** Of no other MEF is it known whether it has an agreement with this subscription's operator. */
  @Override
  public Optional<MefCredential> at(Fqdn other, String otherHost, int otherPort) {
    return other.equals(mef) ? Optional.of(reachedAt(otherHost, otherPort)) : Optional.empty();
  }
}
