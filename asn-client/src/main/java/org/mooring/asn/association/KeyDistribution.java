// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.KeyRegistration;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.TentativeKey;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;

/** Gets Kc from the MAF for the registrar (TS-0003 clause 8.2.2.3). */
public final class KeyDistribution {
  private final StateKeeper keeper;
  private final ServerClock clock;

  public KeyDistribution(StateKeeper keeper, ServerClock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * Has the MAF register the key that this session exports.
   *
   * @param sender carries requests in the session
   * @param session made by a full handshake from which nothing was exported yet
   */
  public CompletionStage<NodeState> run(Sender sender, SecureSession session) {
    NodeState state = keeper.state();
    ClientConfiguration configuration = state.configuration().orElseThrow();
    HeldKey km = state.key(Rung.MAF).orElseThrow();
    TentativeKey exported =
        KeyRegistration.export(session, ExporterLabel.CONNECTION, configuration.maf(), km.id());
    keeper.update(
        s -> s.toBuilder().keys(held -> held.withTentative(Rung.ASSOCIATION, exported)).build());
    return KeyRegistration.register(
            sender,
            configuration.maf(),
            KeyUsage.DISTRIBUTED_FOR_ASSOCIATION,
            configuration.registrar().value(),
            exported)
        .thenApply(answer -> keep(answer, exported));
  }

  /**
   * Makes the tentative key the node's own, for its target has just taken it. The lost answer would
   * have told when it ends: not after the registration that it came from. So the next key is asked
   * for at once, or this one would be used past its end.
   */
  public NodeState confirm() {
    return keeper.update(
        state -> {
          TentativeKey taken = state.keys().tentative(Rung.ASSOCIATION).orElseThrow();
          Instant end =
              state
                  .registration(Function.MAF)
                  .map(held -> held.lease().expires())
                  .orElseGet(() -> clock.now(state));
          return state.toBuilder()
              .key(Rung.ASSOCIATION, taken.confirmed(clock.leaseOfUnknownEnd(end, state)))
              .build();
        });
  }

  private NodeState keep(Attributes answer, TentativeKey exported) {
    return keeper.update(
        state ->
            state.toBuilder()
                .key(Rung.ASSOCIATION, exported.confirmed(clock.leaseOf(answer, state)))
                .failures(Rung.MAF, 0)
                .build());
  }
}
