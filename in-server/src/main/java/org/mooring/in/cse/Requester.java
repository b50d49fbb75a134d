// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.Optional;
import org.mooring.common.identifier.CseId;

/**
 * Who asks, once From was checked: in the one form in which creators are stored and compared.
 *
 * @param scope whose resources it may use
 * @param node the CSE in whose association the request came, SP-relative; empty: none
 * @param shownAs its id as the creator attribute shows it: the stem of an AE registered here, else
 *     SP-relative
 * @param actor how the audit log names it: the credential that authenticated it, else its id
 * @param registered whether it is associated or registered with this CSE
 */
record Requester(
    CreatorScope scope, Optional<CseId> node, String shownAs, String actor, boolean registered) {
  /** Somebody without an id yet, which only a registration can give it. */
  static final Requester UNKNOWN =
      new Requester(new CreatorScope("", ""), Optional.empty(), "", "unassociated", false);

  String id() {
    return scope.id();
  }
}
