// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures as horizontal bars in SVG, in panels below each other; a thin line on each bar spans the
 * rounds from the least to the most.
 */
public final class BarChart {
  private static final int WIDTH = 860;
  private static final int LEFT = 230;
  private static final int RIGHT = 760;
  private static final int ROW = 26;
  private static final int BAR = 16;
  private static final int PANEL_HEAD = 44;
  private static final int HEAD = 40;
  private static final List<String> COLOURS =
      List.of("#1b6ca8", "#8fb8d8", "#d1495b", "#edae49", "#66a182", "#8d6a9f");

  private final String title;
  private final List<Panel> panels = new ArrayList<>();

  public BarChart(String title) {
    this.title = title;
  }

  private record Panel(String title, List<Bar> bars) {
    int height() {
      return PANEL_HEAD + ROW * bars.size();
    }

    double most() {
      return bars.stream().mapToDouble(bar -> bar.figure().max()).max().orElse(1);
    }
  }

  /** A bar with its name. */
  public record Bar(String name, Figure figure) {}

  /** Adds a panel for one value of all subjects that have it. */
  public BarChart panel(String panelTitle, Rounds rounds, String value) {
    List<Bar> bars = new ArrayList<>();
    for (String subject : rounds.subjects()) {
      rounds.figure(subject, value).ifPresent(figure -> bars.add(new Bar(subject, figure)));
    }
    return panel(panelTitle, bars);
  }

  public BarChart panel(String panelTitle, List<Bar> bars) {
    panels.add(new Panel(panelTitle, List.copyOf(bars)));
    return this;
  }

  /** The document. */
  public String draw() {
    int height = HEAD + panels.stream().mapToInt(Panel::height).sum() + 20;
    StringBuilder svg = new StringBuilder();
    svg.append(
        Text.format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                + " font-family=\"sans-serif\" font-size=\"13\">\n"
                + "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n"
                + "<text x=\"16\" y=\"26\" font-size=\"15\" font-weight=\"bold\">%s</text>\n",
            WIDTH, height, escaped(title)));
    int top = HEAD;
    for (Panel panel : panels) {
      draw(svg, panel, top);
      top += panel.height();
    }
    return svg.append("</svg>\n").toString();
  }

  private static void draw(StringBuilder svg, Panel panel, int top) {
    svg.append(
        Text.format(
            "<text x=\"16\" y=\"%d\" fill=\"#444444\">%s</text>\n",
            top + 26, escaped(panel.title())));
    double scale = (RIGHT - LEFT) / Math.max(panel.most(), Double.MIN_NORMAL);
    int row = 0;
    for (Bar bar : panel.bars()) {
      int y = top + PANEL_HEAD + ROW * row - 4;
      String colour = COLOURS.get(row++ % COLOURS.size());
      Figure figure = bar.figure();
      svg.append(
          Text.format(
              "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
                  + "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n"
                  + "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"black\"/>\n"
                  + "<text x=\"%.1f\" y=\"%d\">%s</text>\n",
              LEFT - 8,
              y + 13,
              escaped(bar.name()),
              LEFT,
              y,
              scale * figure.median(),
              BAR,
              colour,
              LEFT + scale * figure.min(),
              LEFT + scale * figure.max(),
              y + BAR / 2,
              y + BAR / 2,
              LEFT + scale * figure.max() + 8,
              y + 13,
              Text.number(figure.median())));
    }
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
