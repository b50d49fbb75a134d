// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.List;
import org.mooring.common.primitive.Attributes;

/**
 * What a benchmark found.
 *
 * @param name of the benchmark and its files
 * @param title one line for a reader
 * @param settings sizes, flags and versions of what was measured
 * @param rounds the raw numbers
 * @param ratios what the benchmark is about
 * @param notes what a reader has to know to judge the numbers
 * @param chart an SVG document
 */
public record Result(
    String name,
    String title,
    Attributes settings,
    Rounds rounds,
    List<Ratio> ratios,
    List<String> notes,
    String chart) {
  public Result {
    ratios = List.copyOf(ratios);
    notes = List.copyOf(notes);
  }

  /**
   * A figure with the value it should have.
   *
   * @param wanted the bound; NaN where none was set
   * @param least whether the bound is the least allowed, and not the most
   */
  public record Ratio(String name, Figure figure, double wanted, boolean least) {

    public static Ratio atLeast(String name, Figure figure, double wanted) {
      return new Ratio(name, figure, wanted, true);
    }

    public static Ratio atMost(String name, Figure figure, double wanted) {
      return new Ratio(name, figure, wanted, false);
    }

    public static Ratio unbounded(String name, Figure figure) {
      return new Ratio(name, figure, Double.NaN, true);
    }

    public boolean isBounded() {
      return !Double.isNaN(wanted);
    }

    /** Whether the median keeps the bound. */
    public boolean isMet() {
      return !isBounded() || (least ? figure.median() >= wanted : figure.median() <= wanted);
    }
  }
}
