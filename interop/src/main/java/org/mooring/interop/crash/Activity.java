// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;

/** What a node is doing, told by what its vault holds and waits for. */
final class Activity {
  private Activity() {}

  /** In a few words; the same for all nodes at that point. */
  static String of(NodeState state) {
    boolean renews = state.registration(Function.CSE).isPresent();
    String prefix = renews ? "renewal: " : "walk: ";
    if (state.keys().hopeful(Rung.ENROLMENT).isPresent()) {
      return prefix + "key registration at the MEF";
    }
    if (state.keys().hopeful(Rung.ASSOCIATION).isPresent()) {
      return prefix + "key registration at the MAF";
    }
    if (state.pendingRequest("mefClientReg").isPresent()) {
      return prefix + "client registration at the MEF";
    }
    if (state.pendingRequest("mafClientReg").isPresent()) {
      return prefix + "client registration at the MAF";
    }
    if (state.pendingRequest("remoteCSE").isPresent()) {
      return "walk: registration at the IN-CSE";
    }
    if (renews) {
      return state.trouble().isPresent() ? "recovery" : "traffic";
    }
    return state.configuration().isEmpty() ? "walk: first handshake" : "walk: between steps";
  }
}
