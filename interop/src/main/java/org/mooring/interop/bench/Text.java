// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.Locale;

/** Numbers as the benchmarks write them. */
public final class Text {
  private static final double HUNDRED = 100;

  private Text() {}

  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** With three digits at least that mean something. */
  public static String number(double value) {
    double size = Math.abs(value);
    if (value == Math.rint(value) || size >= HUNDRED) {
      return format("%.0f", value);
    }
    return size >= 10 ? format("%.1f", value) : size >= 1 ? format("%.2f", value) : small(value);
  }

  private static String small(double value) {
    return format("%.3f", value);
  }
}
