// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import org.mooring.common.gba.DigestChallenge;
import org.mooring.common.gba.DigestConfirmation;

/** What the BSF answers on Ub, whichever protocol carries it. */
public sealed interface UbAnswer {
  /** The node has to answer this. */
  record Challenged(DigestChallenge challenge) implements UbAnswer {}

  /**
   * The node is bootstrapped.
   *
   * @param document the {@code BootstrappingInfo} in XML, which the confirmation covers
   */
  record Bootstrapped(DigestConfirmation confirmation, byte[] document) implements UbAnswer {}

  /** It is not, and the reason stands in the audit log alone. */
  record Refused() implements UbAnswer {}

  /** Too many challenges were asked for, or the server has enough to do: later. */
  record TryLater() implements UbAnswer {}
}
