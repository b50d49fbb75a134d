// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.common.identifier.CseId;
import org.mooring.in.dns.PublicNameStore;
import org.mooring.in.provider.Registrars;

/** What one transaction offers to the CSE's procedures. */
public interface CseStore extends PublicNameStore, Registrars {
  ResourceRepository resources();

  /**
   * Whether a CSE was ever enrolled, so that it may register or has.
   *
   * @param cse its SP-relative CSE-ID
   */
  boolean isEnrolled(CseId cse);
}
