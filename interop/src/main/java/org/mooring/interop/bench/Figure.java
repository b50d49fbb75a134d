// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.Collection;

/** A figure over all rounds: its median, and the range it fell into. */
public record Figure(double median, double min, double max) {

  /**
   * @param values one of each round
   * @throws IllegalArgumentException if there are none
   */
  public static Figure of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a figure needs a round at least");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Figure(median, sorted[0], sorted[sorted.length - 1]);
  }
}
