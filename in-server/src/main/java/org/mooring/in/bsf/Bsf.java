// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What an application function (MEF, MAF or CSE) asks of a BSF: reference point Zn (TS 33.220
 * clause 4.5.3).
 *
 * <p>{@link OwnBsf} is the BSF of this server, {@link OperatorBsf} one that an agreement lets it
 * ask. The look-up of keys chooses by the part of the B-TID after the {@code @}.
 */
@FunctionalInterface
public interface Bsf {
  /**
   * The key that a node and a function share. Never waits.
   *
   * @param naf the function that asks, which may ask for its own keys alone
   * @param source what all addresses of the host have in common that showed the B-TID
   * @return Ks_NAF, which the reader destroys; fails with {@code CredentialLookup.Unusable} where
   *     there is no key that may open a session now
   */
  CompletionStage<SecretKeyBytes> retrieve(TransactionId transaction, NafId naf, ByteBuffer source);
}
