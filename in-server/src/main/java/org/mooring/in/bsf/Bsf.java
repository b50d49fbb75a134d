// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.concurrent.CompletionStage;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What an application function (MEF, MAF or CSE) asks of a BSF: reference point Zn (TS 33.220
 * clause 4.5.3).
 *
 * <p>{@link OwnBsf} is the BSF of this server. An operator's, of which an agreement lets the MEF
 * retrieve keys, stands behind the same interface: for a B-TID of its domain it asks over Zn
 * (Diameter or HTTP, TS 29.109), and enters what it learned in the index of credentials below the
 * enrolee with the IMPI, as {@link Bootstrapping} does, so that the session gets a principal and
 * ends with the enrolee. The look-up of keys chooses by the part of the B-TID after the {@code @}.
 */
@FunctionalInterface
public interface Bsf {
  /**
   * The key that a node and a function share. Never waits.
   *
   * @param naf the function that asks, which may ask for its own keys alone
   * @return Ks_NAF, which the reader destroys; fails with {@code CredentialLookup.Unusable} where
   *     there is no key that may open a session now
   */
  CompletionStage<SecretKeyBytes> retrieve(TransactionId transaction, NafId naf);
}
