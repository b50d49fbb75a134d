// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;

/**
 * By which methods a provider lets nodes enrol, out of those of TS-0003 clause 8.3.2, which leaves
 * the negotiation open: a pure function of what is known within a session. A method that was not
 * named is not taken, and an enrolee's minimum bars what stands behind it.
 *
 * @param accepted each once, the preferred one first
 */
public record MethodPolicy(List<EnrolmentMethod> accepted) {
  /** Takes them all: what a node can show of itself comes before what both ends have to keep. */
  public static final MethodPolicy DEFAULT =
      new MethodPolicy(
          List.of(
              EnrolmentMethod.CERTIFICATE,
              EnrolmentMethod.RPK,
              EnrolmentMethod.GBA,
              EnrolmentMethod.PSK));

  /**
   * @throws IllegalArgumentException if there is none, or one stands there twice
   */
  public MethodPolicy {
    accepted = List.copyOf(accepted);
    if (accepted.isEmpty()) {
      throw new IllegalArgumentException("methods: name at least one");
    }
    if (accepted.stream().distinct().count() < accepted.size()) {
      throw new IllegalArgumentException("methods: name each method once");
    }
  }

  /**
   * Reads the form of command lines, names between commas.
   *
   * @throws IllegalArgumentException if one is unknown, empty or there twice
   */
  public static MethodPolicy parse(String text) {
    List<EnrolmentMethod> methods = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      methods.add(
          EnrolmentMethod.of(name.strip())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "methods: write certificate, rpk, gba and psk between commas, the"
                              + " preferred one first")));
    }
    return new MethodPolicy(methods);
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return accepted.stream().map(EnrolmentMethod::text).collect(Collectors.joining(","));
  }

  public boolean accepts(EnrolmentMethod method) {
    return accepted.contains(method);
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
        .filter(least -> accepted.indexOf(method) > accepted.indexOf(least))
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
    List<EnrolmentMethod> preferred = accepted.subList(0, accepted.indexOf(method));
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
