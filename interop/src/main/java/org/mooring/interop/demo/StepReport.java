// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.util.Optional;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;

/**
 * One step of the walk.
 *
 * @param step its id
 * @param keyId the key that it made or used, empty where there is none
 * @param millis how long it took
 * @param traffic what passed the sockets meanwhile
 */
record StepReport(String step, String keyId, long millis, TrafficMeter.Reading traffic) {

  /** Reads a line of the client's. */
  static StepReport of(String step, Attributes line) {
    return new StepReport(
        step,
        line.text("keyId").orElse(""),
        line.whole("ms").orElse(0),
        new TrafficMeter.Reading(
            line.whole("handshakes").orElse(0),
            line.whole("datagrams").orElse(0),
            line.whole("bytes").orElse(0)));
  }

  Optional<String> key() {
    return keyId.isEmpty() ? Optional.empty() : Optional.of(keyId);
  }

  Attributes toAttributes() {
    return Attributes.builder()
        .put("step", step)
        .put("ms", millis)
        .put("handshakes", traffic.handshakes())
        .put("datagrams", traffic.datagrams())
        .put("bytes", traffic.bytes())
        .build();
  }
}
