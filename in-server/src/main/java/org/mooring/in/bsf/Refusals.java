// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import org.mooring.common.identifier.KeyIdentifier;

/** Takes note of refusals, which anyone can provoke in any number. */
@FunctionalInterface
public interface Refusals {
  /**
   * @param peer the address that asked, or the name that it proved
   * @param subject the IMPI or the B-TID that it asked about
   * @param reason one line without secrets
   */
  void refused(String peer, KeyIdentifier subject, String reason);
}
