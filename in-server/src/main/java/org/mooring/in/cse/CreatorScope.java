// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

/**
 * The creators whose resources an originator may use under the default access policy: its own id,
 * and of a CSE, or an AE registered with one, that CSE's and its AEs' ({@code <csi>/C…}). A CSE
 * that sends on what others say gives them none of its own.
 *
 * @param id SP-relative id of the originator; empty: nobody
 * @param cse SP-relative CSE-ID of the CSE that speaks, or with which the AE that speaks is
 *     registered; empty: none
 */
public record CreatorScope(String id, String cse) {

  /** Whether the creator of a resource stands in this scope. */
  public boolean covers(String creator) {
    if (creator.isEmpty()) {
      return false;
    }
    return creator.equals(id)
        || (!cse.isEmpty() && (creator.equals(cse) || creator.startsWith(belowCse())));
  }

  /** What the ids of AEs registered with the CSE start with. */
  public String belowCse() {
    return cse + "/";
  }
}
