// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

/**
 * The creators whose resources an originator may use under the default access policy: its own id,
 * and for an association everything that was created through it (a CSE and the AEs registered with
 * it, {@code <csi>/C…}).
 *
 * @param id SP-relative id of the originator; empty: nobody
 * @param association SP-relative CSE-ID of the associated CSE; empty: none
 */
public record CreatorScope(String id, String association) {

  /** Whether the creator of a resource stands in this scope. */
  public boolean covers(String creator) {
    if (creator.isEmpty()) {
      return false;
    }
    return creator.equals(id)
        || (!association.isEmpty()
            && (creator.equals(association) || creator.startsWith(belowAssociation())));
  }

  /** What the ids of AEs registered with the associated CSE start with. */
  public String belowAssociation() {
    return association + "/";
  }
}
