// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.primitive.Failures;

/**
 * One visit to the MEF for a certificate, while the node itself does not run: a renewal with the
 * newest certificate that fits, or the first one with what the node came with.
 */
public final class CertificateErrand implements AutoCloseable {
  private final StateKeeper keeper;
  private final ServerClock clock;
  private final Sessions sessions;
  private final CertificateStep step;

  /**
   * @param keeper the state of a node that has bootstrapped
   * @param executor where waiting for the disk is allowed
   */
  public CertificateErrand(
      SecureEndpointFactory endpoints, StateKeeper keeper, InstantSource clock, Executor executor) {
    this.keeper = keeper;
    this.clock = new ServerClock(clock, ThreadLocalRandom.current());
    this.sessions = new Sessions(endpoints, keeper, executor);
    this.step =
        new CertificateStep(keeper, this.clock, new MefVisits(sessions, keeper, this.clock));
  }

  /**
   * Has a certificate issued, and stored as the next one. A credential that does not fit counts
   * against it as in the node's life, so that the next errand may take another.
   *
   * @param name one of the node's own
   */
  public CompletionStage<StepReport> run(CertificateName name) {
    NodeState state = keeper.state();
    LifePlan.Move move = LifePlan.atMef(state, clock.now(state), LifeStep.RENEW_CERTIFICATE);
    return step.provide(move, name).whenComplete((report, failure) -> learnFrom(move, failure));
  }

  private void learnFrom(LifePlan.Move move, @Nullable Throwable failure) {
    if (failure != null) {
      keeper.update(state -> Setbacks.after(state, move, Failures.causeOf(failure), false));
    }
  }

  @Override
  public void close() {
    sessions.close();
  }
}
