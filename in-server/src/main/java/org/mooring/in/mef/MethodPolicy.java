// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;
import org.mooring.common.resource.MethodOrder;

/**
 * By which methods a provider lets nodes enrol, out of those of TS-0003 clause 8.3.2, which leaves
 * the negotiation open: a pure function of what is known within a session. A method that was not
 * named is not taken, and an enrolee's minimum bars what stands behind it.
 *
 * @param accepted the preferred one first
 */
public record MethodPolicy(MethodOrder accepted) {
  /** Takes them all. */
  public static final MethodPolicy DEFAULT = new MethodPolicy(MethodOrder.DEFAULT);

  public boolean accepts(EnrolmentMethod method) {
    return accepted.has(method);
  }

  /**
   * What stands in the way of a method, whatever a node offers.
   *
   * @param minimum the enrolee's; none: any accepted method will do. One that is not accepted bars
   *     all
   */
  public Optional<MethodDecision.Refused> obstacle(
      EnrolmentMethod method, Optional<EnrolmentMethod> minimum) {
    if (!accepts(method)) {
      return Optional.of(new MethodDecision.NotAccepted());
    }
    return minimum
        .filter(least -> accepted.placeOf(method) > accepted.placeOf(least))
        .map(MethodDecision.BelowMinimum::new);
  }

  /**
   * Decides on a registration.
   *
   * @param method by which the session was authenticated
   * @param offer what the node says within it
   * @param minimum as of {@link #obstacle}
   * @param available for which the enrolee has a credential here that opens a session now
   */
  public MethodDecision decide(
      EnrolmentMethod method,
      MethodOffer offer,
      Optional<EnrolmentMethod> minimum,
      Set<EnrolmentMethod> available) {
    Optional<MethodDecision.Refused> obstacle = obstacle(method, minimum);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    List<EnrolmentMethod> preferred = accepted.before(method);
    Optional<EnrolmentMethod> open =
        preferred.stream()
            .filter(better -> offer.isOpen(better) && available.contains(better))
            .findFirst();
    if (open.isPresent()) {
      return new MethodDecision.Preferred(open.get());
    }
    return preferred.stream()
        .filter(better -> offer.methods().contains(new MethodOffer.Offered(better, true)))
        .findFirst()
        .<MethodDecision>map(
            better -> new MethodDecision.InsteadOf(better, available.contains(better)))
        .orElse(new MethodDecision.Accepted());
  }
}
