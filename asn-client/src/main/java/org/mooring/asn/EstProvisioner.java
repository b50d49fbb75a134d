// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.command.CertificateProvisioner;
import org.mooring.asn.command.Outcome;
import org.mooring.asn.enrolment.CertificateProvisioning.Order;
import org.mooring.asn.enrolment.CertificateSubjectType;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.EstMedia;
import org.mooring.common.command.CertificateProtocol;
import org.mooring.common.command.CommandArguments.CertProv;

/**
 * CERT_PROV by EST (TS-0003 clauses 8.3.6.2 and 8.3.9.7), in a session with the MEF of its own. The
 * node has names of its own certified, not its applications'.
 */
final class EstProvisioner implements CertificateProvisioner {
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Renewals renewals;
  private final CertificateStep step;

  EstProvisioner(StateKeeper keeper, ServerClock clock, Renewals renewals, CertificateStep step) {
    this.keeper = keeper;
    this.clock = clock;
    this.renewals = renewals;
    this.step = step;
  }

  @Override
  public Set<CertificateProtocol> protocols() {
    return Set.of(CertificateProtocol.EST);
  }

  @Override
  public CompletionStage<Outcome> provision(CertProv wanted) {
    NodeState state = keeper.state();
    LifePlan.Move move = LifePlan.atMef(state, clock.now(state), LifeStep.RENEW_CERTIFICATE);
    Order order = new Order(root(wanted), name(wanted, state), move.rung() == Rung.CERTIFICATE);
    return renewals.learnt(move, step.provide(move, order)).thenApply(issued -> Outcome.DONE);
  }

  /** The path of the URI, or where every server offers EST if it has none. */
  private static List<String> root(CertProv wanted) {
    String path = wanted.uri().getPath() == null ? "" : wanted.uri().getPath();
    List<String> segments =
        Arrays.stream(path.split("/")).filter(segment -> !segment.isEmpty()).toList();
    return segments.isEmpty() ? EstMedia.WELL_KNOWN : segments;
  }

  private static CertificateName name(CertProv wanted, NodeState state) {
    CertificateSubjectType type =
        switch (wanted.subjectType()) {
          case NODE -> CertificateSubjectType.NODE_ID;
          case CSE -> CertificateSubjectType.CSE_ID;
          case AE -> throw new IllegalArgumentException("certSubjectType: no AE is certified");
        };
    return type.nameIn(state.configuration().orElseThrow());
  }
}
