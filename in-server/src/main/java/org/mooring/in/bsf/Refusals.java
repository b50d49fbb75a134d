// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import org.mooring.common.gba.Impi;

/** Takes note of refusals, which anyone can provoke in any number. */
@FunctionalInterface
public interface Refusals {
  /**
   * @param peer the address that asked
   * @param reason one line without secrets
   */
  void refused(String peer, Impi impi, String reason);
}
