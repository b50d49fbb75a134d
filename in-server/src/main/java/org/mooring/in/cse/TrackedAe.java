// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import org.mooring.common.identifier.AeId;

/**
 * A registration with this CSE of an AE that takes its stem along (TS-0001 clause 10.2.2.2 case f).
 *
 * @param stem its AE-ID-Stem, which this CSE assigns
 * @param since its creationTime, which tells it from a later registration of the same AE
 */
public record TrackedAe(AeId stem, Instant since) {
  static TrackedAe of(Resource ae) {
    return new TrackedAe(new AeId(ae.id()), ae.times().created());
  }
}
