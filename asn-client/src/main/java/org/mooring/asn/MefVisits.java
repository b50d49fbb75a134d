// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * Sessions with the MEF, one for each step. A command's stays open beside those of the steps that
 * the command asks for.
 */
final class MefVisits implements AutoCloseable {
  private final Sessions sessions;
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

  MefVisits(Sessions sessions, StateKeeper keeper, ServerClock clock) {
    this.sessions = sessions;
    this.keeper = keeper;
    this.clock = clock;
  }

  /**
   * A step in a session.
   *
   * @param session made by a full handshake, from which nothing was exported
   * @param identity that of the credential which opened it
   */
  record Visit(Exchange exchange, SecureSession session, KeyIdentifier identity, Stopwatch watch) {
    /** What the step took, which brought the key of a rung. */
    StepReport report(NodeState state, Rung rung) {
      return watch.report(state, rung, exchange.traffic());
    }

    /** What the step took, which brought or used a key. */
    StepReport report(NodeState state, KeyIdentifier keyId) {
      return watch.report(state, keyId, exchange.traffic());
    }
  }

  /** Performs a step in a session that the move's credential opens, and closes that. */
  CompletionStage<StepReport> within(
      LifePlan.Move move, Function<Visit, CompletionStage<StepReport>> step) {
    Stopwatch watch = new Stopwatch(move.step(), clock);
    KeyIdentifier identity =
        AssociationKeys.towardMef(keeper.state(), move.rung(), move.tentative()).identity();
    Exchange exchange = sessions.toMef(move.rung(), move.tentative());
    open.add(exchange);
    return exchange
        .connect()
        .thenCompose(
            session -> {
              confirmCertificate(move);
              return step.apply(new Visit(exchange, session, identity, watch));
            })
        .whenComplete(
            (report, failure) -> {
              open.remove(exchange);
              exchange.close();
            });
  }

  /** The MEF has just taken the next certificate, where that was shown. */
  private void confirmCertificate(LifePlan.Move move) {
    if (move.tentative()) {
      keeper.update(
          state ->
              state.toBuilder()
                  .certificates(state.certificates().confirmed())
                  .failures(Rung.CERTIFICATE, 0)
                  .build());
    }
  }

  /** Breaks off those that are open. */
  @Override
  public void close() {
    open.forEach(Exchange::close);
  }
}
