// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.util.List;
import java.util.Optional;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.resource.EnrolmentPath;

/**
 * A walk that came to its end.
 *
 * @param aeIds of the applications that published, in their order
 * @param keId empty for a pre-provisioned node
 * @param kmId empty on the direct path, which has none
 * @param kcId the same
 * @param steps in their order
 * @param millis from the first step's begin to the last one's end
 * @param clientStartMillis from the start of the client's process to its registration
 */
record WalkResult(
    Method method,
    EnrolmentPath path,
    Hops hops,
    String nodeId,
    String cseId,
    List<String> aeIds,
    Optional<String> keId,
    Optional<String> kmId,
    Optional<String> kcId,
    List<StepReport> steps,
    long millis,
    long clientStartMillis) {

  WalkResult {
    aeIds = List.copyOf(aeIds);
    steps = List.copyOf(steps);
  }

  /** What passed the sockets in all steps. */
  TrafficMeter.Reading traffic() {
    return steps.stream()
        .map(StepReport::traffic)
        .reduce(TrafficMeter.Reading.ZERO, TrafficMeter.Reading::plus);
  }
}
