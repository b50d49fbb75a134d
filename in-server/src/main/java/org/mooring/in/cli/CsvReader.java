// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as RFC 4180 writes them; blank lines are skipped. */
final class CsvReader {
  private final String text;
  private int at;
  private int line = 1;

  private CsvReader(String text) {
    this.text = text;
  }

  /**
   * One record.
   *
   * @param number the line it starts on, 1 for the first
   */
  record Line(int number, List<String> fields) {
    Line {
      fields = List.copyOf(fields);
    }
  }

  /** Text that is no CSV. */
  static final class CsvException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    private CsvException(int line, String message) {
      super(message);
      this.line = line;
    }

    int line() {
      return line;
    }
  }

  static List<Line> read(String text) throws CsvException {
    CsvReader reader = new CsvReader(text);
    List<Line> lines = new ArrayList<>();
    while (reader.at < text.length()) {
      Line next = reader.nextLine();
      if (!next.fields().equals(List.of(""))) {
        lines.add(next);
      }
    }
    return lines;
  }

  private Line nextLine() throws CsvException {
    int start = line;
    List<String> fields = new ArrayList<>();
    do {
      fields.add(peek() == '"' ? quoted() : plain());
    } while (take(','));
    if (!take('\n') && !(take('\r') && take('\n')) && at < text.length()) {
      throw new CsvException(start, "row: end a quoted field with a comma or the line");
    }
    line++;
    return new Line(start, fields);
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String quoted() throws CsvException {
    int start = line;
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"' && !take('"')) {
        return field.toString();
      }
      if (next == '\n') {
        line++;
      }
      field.append(next);
    }
    throw new CsvException(start, "row: close the quoted field");
  }

  private int peek() {
    return at < text.length() ? text.charAt(at) : -1;
  }

  private boolean take(char expected) {
    if (peek() != expected) {
      return false;
    }
    at++;
    return true;
  }
}
