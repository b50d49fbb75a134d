// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.CertificateProvisioning;
import org.mooring.asn.enrolment.CertificateProvisioning.Order;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.identifier.KeyIdentifier;

/** The step that has a certificate issued, in a session with the MEF by the move's credential. */
final class CertificateStep {
  private final StateKeeper keeper;
  private final MefVisits visits;
  private final CertificateProvisioning provisioning;

  CertificateStep(StateKeeper keeper, ServerClock clock, MefVisits visits) {
    this.keeper = keeper;
    this.visits = visits;
    this.provisioning = new CertificateProvisioning(keeper, clock);
  }

  /** The next certificate bears the name of the newest. */
  CompletionStage<StepReport> renew(LifePlan.Move move) {
    return provide(move, keeper.state().certificates().newest().orElseThrow().name());
  }

  /**
   * @param name one of the node's own
   */
  CompletionStage<StepReport> provide(LifePlan.Move move, CertificateName name) {
    return provide(move, Order.wellKnown(name, move.rung() == Rung.CERTIFICATE));
  }

  CompletionStage<StepReport> provide(LifePlan.Move move, Order order) {
    return visits.within(
        move,
        visit ->
            provisioning
                .run(visit.exchange(), visit.session(), order)
                .thenApply(state -> visit.report(state, newest(state))));
  }

  private static KeyIdentifier newest(NodeState state) {
    return state.certificates().newest().orElseThrow().idAt(state.bootstrap().mef());
  }
}
