// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A fleet's result as SVG: nodes registered over time, and each step's latency by percentile. */
final class Chart {
  private static final int WIDTH = 980;
  private static final int HEIGHT = 420;
  private static final int TOP = 60;
  private static final int BOTTOM = HEIGHT - 60;
  private static final int TICKS = 5;
  private static final int MOST_POINTS = 400;
  private static final double MICROS_PER_MILLI = 1_000;
  private static final List<String> COLOURS =
      List.of(
          "#1b6ca8", "#d1495b", "#edae49", "#66a182", "#2e4057", "#8d6a9f", "#5c5c5c", "#00798c");

  private final StringBuilder svg = new StringBuilder();
  private final FleetResult result;

  private Chart(FleetResult result) {
    this.result = result;
  }

  /** A plot's place: x from left to right, y from {@link #BOTTOM} up to {@link #TOP}. */
  private record Plot(int left, int right, double maxX, double maxY) {
    double x(double value) {
      return left + (right - left) * value / maxX;
    }

    double y(double value) {
      return BOTTOM - (BOTTOM - TOP) * value / maxY;
    }
  }

  static String of(FleetResult result) {
    return new Chart(result).draw();
  }

  private String draw() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n",
        WIDTH, HEIGHT);
    text(
        20,
        24,
        "start",
        "%d of %d nodes registered, %.1f per second"
            .formatted(result.registered(), result.nodes().size(), result.nodesPerSecond()));
    registrations();
    latencies();
    add("</svg>\n");
    return svg.toString();
  }

  private void registrations() {
    List<Double> times =
        result.nodes().stream()
            .flatMap(node -> node.registration().stream())
            .sorted()
            .map(Chart::seconds)
            .toList();
    double last = times.isEmpty() ? 1 : Math.max(1e-3, times.get(times.size() - 1));
    Plot plot = new Plot(70, 440, last, Math.max(1, result.nodes().size()));
    axes(plot, "seconds", "nodes registered");
    List<double[]> points = new ArrayList<>(List.of(new double[] {0, 0}));
    int stride = Math.max(1, times.size() / MOST_POINTS);
    for (int i = 0; i < times.size(); i += stride) {
      points.add(new double[] {times.get(i), i + 1});
    }
    points.add(new double[] {last, times.size()});
    line(plot, points, COLOURS.get(0));
  }

  private void latencies() {
    Map<String, Histogram> latencies = result.latencies();
    double longest =
        latencies.values().stream()
            .mapToDouble(h -> h.getMaxValue() / MICROS_PER_MILLI)
            .max()
            .orElse(1);
    Plot plot = new Plot(540, 840, 100, Math.max(1, longest));
    axes(plot, "percent of nodes within", "milliseconds");
    int row = 0;
    for (Map.Entry<String, Histogram> step : latencies.entrySet()) {
      String colour = COLOURS.get(row % COLOURS.size());
      List<double[]> points = new ArrayList<>();
      for (int percent = 0; percent <= 100; percent++) {
        double millis = step.getValue().getValueAtPercentile(percent) / MICROS_PER_MILLI;
        points.add(new double[] {percent, millis});
      }
      line(plot, points, colour);
      int y = TOP + 10 + 20 * row++;
      add("<rect x=\"855\" y=\"%d\" width=\"12\" height=\"4\" fill=\"%s\"/>\n", y - 6, colour);
      text(873, y, "start", step.getKey());
    }
  }

  private void axes(Plot plot, String xName, String yName) {
    for (int i = 0; i <= TICKS; i++) {
      double x = plot.maxX() * i / TICKS;
      double y = plot.maxY() * i / TICKS;
      add(
          "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dddddd\"/>\n",
          plot.left(), plot.right(), plot.y(y), plot.y(y));
      text(plot.left() - 6, plot.y(y) + 4, "end", number(y));
      text(plot.x(x), BOTTOM + 18, "middle", number(x));
    }
    text((plot.left() + plot.right()) / 2.0, BOTTOM + 40, "middle", xName);
    text(plot.left() - 40, TOP - 12, "start", yName);
  }

  private void line(Plot plot, List<double[]> points, String colour) {
    add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"", colour);
    for (double[] point : points) {
      add("%.1f,%.1f ", plot.x(point[0]), plot.y(point[1]));
    }
    add("\"/>\n");
  }

  /** The texts are this class's own or names of steps, so nothing in them needs escaping. */
  private void text(double x, double y, String anchor, String content) {
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, content);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.2f" : "%.0f", value);
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
