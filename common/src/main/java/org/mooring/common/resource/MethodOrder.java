// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Methods of enrolment in an order of preference: a provider's are those that it accepts, a node's
 * those that it uses. One that was left out is not used.
 *
 * @param methods each once, the preferred one first
 */
public record MethodOrder(List<EnrolmentMethod> methods) {
  /** All of them: what a node can show of itself comes before what both ends have to keep. */
  public static final MethodOrder DEFAULT =
      new MethodOrder(
          List.of(
              EnrolmentMethod.CERTIFICATE,
              EnrolmentMethod.RPK,
              EnrolmentMethod.GBA,
              EnrolmentMethod.PSK));

  /**
   * @throws IllegalArgumentException if there is none, or one stands there twice
   */
  public MethodOrder {
    methods = List.copyOf(methods);
    if (methods.isEmpty() || methods.stream().distinct().count() < methods.size()) {
      throw malformed();
    }
  }

  /**
   * Reads the form of command lines, names between commas.
   *
   * @throws IllegalArgumentException if one is unknown, empty or there twice
   */
  public static MethodOrder parse(String text) {
    return new MethodOrder(Stream.of(text.split(",", -1)).map(MethodOrder::method).toList());
  }

  private static EnrolmentMethod method(String name) {
    return EnrolmentMethod.of(name.strip()).orElseThrow(MethodOrder::malformed);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException(
        "methods: write certificate, rpk, gba and psk between commas, each once, the preferred one"
            + " first");
  }

  /** As {@link #parse} reads it. */
  public String text() {
    return methods.stream().map(EnrolmentMethod::text).collect(Collectors.joining(","));
  }

  public boolean has(EnrolmentMethod method) {
    return methods.contains(method);
  }

  /** How many are preferred to a method; below zero for one that was left out. */
  public int placeOf(EnrolmentMethod method) {
    return methods.indexOf(method);
  }

  /** Those that are preferred to a method of these, the most preferred one first. */
  public List<EnrolmentMethod> before(EnrolmentMethod method) {
    return methods.subList(0, placeOf(method));
  }
}
