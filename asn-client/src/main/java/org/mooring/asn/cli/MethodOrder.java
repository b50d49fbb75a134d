// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mooring.asn.vault.MefCredential;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * Which methods a node uses at its MEF, what it prefers first.
 *
 * @param methods each once
 */
record MethodOrder(List<EnrolmentMethod> methods) {
  static final MethodOrder DEFAULT =
      new MethodOrder(
          List.of(
              EnrolmentMethod.CERTIFICATE,
              EnrolmentMethod.RPK,
              EnrolmentMethod.GBA,
              EnrolmentMethod.PSK));

  MethodOrder {
    methods = List.copyOf(methods);
  }

  /**
   * Reads methods with commas between.
   *
   * @throws IllegalArgumentException if one is unknown or stands twice
   */
  static MethodOrder parse(String text) {
    List<EnrolmentMethod> methods = new ArrayList<>();
    for (String name : text.split(",", -1)) {
      EnrolmentMethod method =
          EnrolmentMethod.of(name.strip())
              .filter(known -> !methods.contains(known))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "order: write certificate, rpk, gba and psk between commas, each once"));
      methods.add(method);
    }
    return new MethodOrder(methods);
  }

  /**
   * The credentials of these methods in this order.
   *
   * @throws IllegalArgumentException if there is none
   */
  List<MefCredential> sorted(List<MefCredential> credentials) {
    List<MefCredential> sorted =
        credentials.stream()
            .filter(credential -> methods.contains(credential.method()))
            .sorted(Comparator.comparingInt(credential -> methods.indexOf(credential.method())))
            .toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("order: name a method that the node has a credential for");
    }
    return sorted;
  }
}
