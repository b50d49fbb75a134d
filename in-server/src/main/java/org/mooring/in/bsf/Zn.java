// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.concurrent.CompletionStage;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;

/** Reference point Zn toward an operator's BSF (TS 33.220 clause 4.5.3), whatever carries it. */
@FunctionalInterface
public interface Zn {
  /**
   * Asks for the key that a node and a function share. Never waits.
   *
   * @param naf the function that asks
   * @return fails with {@code CredentialLookup.Unusable}, whose reason goes to the record, where
   *     the BSF gives no key, or no answer in time
   */
  CompletionStage<NafKey> ask(TransactionId transaction, NafId naf);
}
