// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;

/** How far a node has come. */
public enum NodeStage {
  /** Nothing but the bootstrap credential. */
  FACTORY,
  /** It holds Ke. */
  ENROLLED,
  /** It holds Km, and is registered with the MAF unless it came with that. */
  AUTHENTICATED,
  /** It holds Kc, or what it came with for its registrar. */
  ASSOCIATED,
  /** Its {@code <remoteCSE>} stands at the registrar. */
  REGISTERED;

  static NodeStage of(NodeState state, Instant serverNow) {
    if (state.isUsable(state.associationRung(), serverNow)) {
      if (state.registration(Function.CSE).isPresent()) {
        return REGISTERED;
      }
      return state.associationRung() == Rung.ASSOCIATION ? ASSOCIATED : ENROLLED;
    }
    if (state.isUsable(Rung.MAF, serverNow)
        && (state.registration(Function.MAF).isPresent() || state.cameWith(Rung.MAF))) {
      return AUTHENTICATED;
    }
    return state.isUsable(Rung.ENROLMENT, serverNow) ? ENROLLED : FACTORY;
  }
}
