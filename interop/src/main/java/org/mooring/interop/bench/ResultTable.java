// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A result as text: medians in a row for each subject, then the ratios and the notes. */
final class ResultTable {
  private final Result result;

  ResultTable(Result result) {
    this.result = result;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(result.title()).append("\n\n");
    List<List<String>> rows = rows();
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    for (List<String> row : rows) {
      text.append(Text.format("%-" + Math.max(1, widths[0]) + "s", row.get(0)));
      for (int column = 1; column < widths.length; column++) {
        text.append(Text.format("  %" + Math.max(1, widths[column]) + "s", row.get(column)));
      }
      text.append('\n');
    }
    text.append('\n');
    for (Result.Ratio ratio : result.ratios()) {
      text.append(line(ratio)).append('\n');
    }
    result.notes().forEach(note -> text.append(note).append('\n'));
    return text.toString();
  }

  private List<List<String>> rows() {
    Rounds rounds = result.rounds();
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("medians"));
    head.addAll(rounds.names());
    rows.add(head);
    for (String subject : rounds.subjects()) {
      List<String> row = new ArrayList<>(List.of(subject));
      for (String name : rounds.names()) {
        row.add(rounds.figure(subject, name).map(f -> Text.number(f.median())).orElse(""));
      }
      rows.add(row);
    }
    return rows;
  }

  private static String line(Result.Ratio ratio) {
    Figure figure = ratio.figure();
    String line =
        Text.format(
            "%s: %.2f (%.2f to %.2f)", ratio.name(), figure.median(), figure.min(), figure.max());
    if (!ratio.isBounded()) {
      return line;
    }
    return Text.format(
        "%s, %s %s wanted: %s",
        line,
        ratio.least() ? "at least" : "at most",
        Text.number(ratio.wanted()),
        ratio.isMet() ? "met" : "MISSED");
  }
}
