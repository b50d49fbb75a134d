// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.HexFormat;
import java.util.Optional;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.Rand;
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
    return tx.credentials()
        .key(ks.identity())
        .flatMap(
            stored -> {
              try {
                return ks.identity().issuer().equals(own)
                    ? Optional.of(naf.key(stored, rand(ks), OwnBsf.impi(ks)))
                    : NafKeyRing.find(stored, naf);
              } finally {
                stored.destroy();
              }
            });
  }

  /** It is kept under RAND in hex. */
  private static Rand rand(Credential ks) {
    return Rand.of(HexFormat.of().parseHex(ks.identity().relative()));
  }
}
