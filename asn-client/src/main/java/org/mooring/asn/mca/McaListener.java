// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import java.time.Duration;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** Told of each request on Mca. */
@FunctionalInterface
public interface McaListener {
  /**
   * A request was answered.
   *
   * @param duration from its arrival
   * @param association what passed the association's socket in that time; requests at the same time
   *     count in each other's
   */
  void answered(
      RequestPrimitive request,
      ResponsePrimitive answer,
      Duration duration,
      TrafficMeter.Reading association);
}
