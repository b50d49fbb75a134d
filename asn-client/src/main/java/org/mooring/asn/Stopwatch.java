// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.time.Instant;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.resource.ClientConfiguration;

/** Measures a step from now on. */
final class Stopwatch {
  private final LifeStep step;
  private final ServerClock clock;
  private final Instant started;

  Stopwatch(LifeStep step, ServerClock clock) {
    this.step = step;
    this.clock = clock;
    this.started = clock.localNow();
  }

  /**
   * @param rung whose key the step brought or used
   */
  StepReport report(NodeState state, Rung rung, TrafficMeter.Reading traffic) {
    return report(state, state.key(rung).map(HeldKey::id).orElseThrow(), traffic);
  }

  StepReport report(NodeState state, KeyIdentifier keyId, TrafficMeter.Reading traffic) {
    Duration duration = Duration.between(started, clock.localNow());
    return new StepReport(
        step, state.configuration().map(ClientConfiguration::path), keyId, duration, traffic);
  }
}
