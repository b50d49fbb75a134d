// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.gba.SequenceWindow;
import org.mooring.common.gba.TransactionId;

/** What other factory credentials leave of a node's state. */
final class FactoryChange {
  private FactoryChange() {}

  /**
   * What came from those before stays, as long as some of the MEF are replaced by some of the MEF:
   * the node may have a new Kpm and go on. Else the node begins anew, and keeps its applications.
   * Certificates that were issued do not outlive one that is replaced or taken away: what was given
   * last counts.
   */
  static NodeState.Builder apply(
      NodeState.Builder state, FactoryCredentials former, FactoryCredentials given) {
    FactoryCredential before = former.inUse();
    FactoryCredential after = given.inUse();
    if (!before.isSameAs(after)) {
      state.failures(Rung.BOOTSTRAP, 0);
      dropUnregisteredSessionKey(state);
    }
    if (!given.includeAll(former)) {
      state.certificates(HeldCertificates.NONE).failures(Rung.CERTIFICATE, 0);
    }
    if (former.ofKind(UsimCredential.class).stream().noneMatch(given::include)) {
      state.sequenceNumbers(SequenceWindow.FRESH);
    }
    boolean goesOn =
        before.rung() == after.rung() && (after instanceof MefCredential || before.isSameAs(after));
    return begin(goesOn ? state : state.beginAnew(), given);
  }

  /**
   * A Ks with which nothing is registered at the MEF is of use to its USIM alone: without it the
   * next Ke is due at once.
   */
  private static void dropUnregisteredSessionKey(NodeState.Builder state) {
    NodeState present = state.build();
    boolean isUnregistered =
        present.registration(Function.MEF).isEmpty()
            && present
                .key(Rung.ENROLMENT)
                .filter(key -> TransactionId.isTransactionId(key.id()))
                .isPresent();
    if (isUnregistered) {
      state.keys(held -> held.without(Rung.ENROLMENT).withFailures(Rung.ENROLMENT, 0));
    }
  }

  /** Puts what a pre-provisioned node knows from the start. */
  static NodeState.Builder begin(NodeState.Builder state, FactoryCredentials given) {
    return given.inUse() instanceof PreProvisioned known
        ? state.configuration(known.configuration()).key(known.rung(), known.held())
        : state;
  }
}
