// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.Optional;
import org.mooring.common.gba.NafId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;

/**
 * The keys Ks_NAF that functions here have by now: of the BSF here all, of an operator's those that
 * it was asked for.
 */
public final class HeldNafKeys {
  private final Fqdn own;

  /**
   * @param own the name of the BSF here
   */
  public HeldNafKeys(Fqdn own) {
    this.own = own;
  }

  /**
   * The key of one function, whatever the standing of the Ks; the reader destroys it.
   *
   * @param ks a credential of kind {@code KS}
   */
  public Optional<SecretKeyBytes> find(BsfStore tx, Credential ks, NafId naf) {
    return ks.identity().issuer().equals(own)
        ? OwnBsf.stored(tx, ks, naf)
        : NafKeyRing.stored(tx, ks, naf);
  }
}
