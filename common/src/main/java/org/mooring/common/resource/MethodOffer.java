// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a node tells its MEF about the methods that it can enrol with: each one, what it prefers
 * first. It is told inside the session, so that whoever holds datagrams back or forges alerts can
 * not choose the method: the MEF sees what the node would rather have used, and why it did not.
 *
 * <p>TS-0003 leaves the negotiation open. The offer travels as labels of the client registration,
 * {@code enrolment-method:POSITION:METHOD} with {@code :refused} behind it, so a MEF that knows
 * nothing of it keeps them as labels. A node with one credential sends none.
 *
 * @param methods in the node's order, each once
 */
public record MethodOffer(List<Offered> methods) {
  private static final String PREFIX = "enrolment-method:";
  private static final Pattern LABEL = Pattern.compile(PREFIX + "([1-9]):([a-z]{1,16})(:refused)?");

  /**
   * A method that the node can use.
   *
   * @param refused whether the MEF answered and did not take the node's credential for it; never
   *     because nothing came back
   */
  public record Offered(EnrolmentMethod method, boolean refused) {}

  public MethodOffer {
    methods = List.copyOf(methods);
    if (methods.stream().map(Offered::method).distinct().count() < methods.size()) {
      throw new IllegalArgumentException("enrolment-method: name each method once");
    }
  }

  /** Whether the node has this method and did not meet a refusal with it. */
  public boolean isOpen(EnrolmentMethod method) {
    return methods.contains(new Offered(method, false));
  }

  /** As labels, in order; what {@link #from} reads. */
  public List<String> labels() {
    List<String> labels = new ArrayList<>();
    for (Offered offered : methods) {
      String refused = offered.refused() ? ":refused" : "";
      labels.add(PREFIX + (labels.size() + 1) + ":" + offered.method().text() + refused);
    }
    return labels;
  }

  /**
   * Reads the offer among the labels of a registration, in whatever order they stand.
   *
   * @return empty if none of them is of an offer
   * @throws IllegalArgumentException if those that are do not make one
   */
  public static Optional<MethodOffer> from(List<String> labels) {
    Map<Integer, Offered> places = new HashMap<>();
    for (String label : labels) {
      if (label.startsWith(PREFIX)) {
        Matcher parts = LABEL.matcher(label);
        if (!parts.matches()
            || places.put(Integer.parseInt(parts.group(1)), offered(parts)) != null) {
          throw new IllegalArgumentException(
              "enrolment-method: write POSITION:METHOD, positions from 1 on, each once");
        }
      }
    }
    if (places.isEmpty()) {
      return Optional.empty();
    }
    List<Offered> methods = new ArrayList<>();
    for (int place = 1; place <= places.size(); place++) {
      Offered offered = places.get(place);
      if (offered == null) {
        throw new IllegalArgumentException("enrolment-method: leave no position out");
      }
      methods.add(offered);
    }
    return Optional.of(new MethodOffer(methods));
  }

  private static Offered offered(Matcher parts) {
    EnrolmentMethod method =
        EnrolmentMethod.of(parts.group(2))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "enrolment-method: write psk, certificate, rpk or gba"));
    return new Offered(method, parts.group(3) != null);
  }
}
