// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mooring.in.admin.AdminApi;
import org.mooring.in.admin.AdminException;
import org.mooring.in.admin.EnroleeOrder;

/**
 * A file of enrolees: CSV (RFC 4180) whose first line names the columns, or a JSON array of
 * objects, told apart by the first character. Columns and members are those of {@link
 * EnroleeOrder}; JSON values are strings.
 *
 * @param path where it was read, for messages
 * @param entries in the file's order
 */
record EnroleeFile(Path path, List<Entry> entries) {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  EnroleeFile {
    entries = List.copyOf(entries);
  }

  /**
   * One enrolee.
   *
   * @param place where it stands, for messages
   */
  record Entry(String place, EnroleeOrder order) {}

  /** What stands in a file before it is an order: the fields by name. */
  record Row(String place, Map<String, String> fields) {}

  /**
   * Reads the whole file.
   *
   * @throws CommandFailure naming the line, the element of an array and the field of the first
   *     error, never a value
   */
  static EnroleeFile read(Path path, OrderReader reader) {
    String text = text(path);
    List<Row> rows = text.stripLeading().startsWith("[") ? json(path, text) : csv(path, text);
    if (rows.size() > AdminApi.MAX_IMPORT_ENROLEES) {
      throw new CommandFailure(
          path + ": split it into files of " + AdminApi.MAX_IMPORT_ENROLEES + " enrolees at most");
    }
    List<Entry> entries = new ArrayList<>();
    for (Row row : rows) {
      try {
        entries.add(new Entry(row.place(), reader.read(row.fields())));
      } catch (AdminException | IllegalArgumentException e) {
        throw failure(path, row.place(), String.valueOf(e.getMessage()));
      }
    }
    if (entries.isEmpty()) {
      throw new CommandFailure(path + ": give at least one enrolee");
    }
    return new EnroleeFile(path, entries);
  }

  /** An error of the server about one entry, told as one of the file. */
  CommandFailure failure(CommandFailure refused) {
    return refused.entry() == 0
        ? refused
        : failure(
            path, entries.get(refused.entry() - 1).place(), String.valueOf(refused.getMessage()));
  }

  private static CommandFailure failure(Path path, String place, String message) {
    return new CommandFailure(path + " " + place + ", " + message + "; nothing was imported");
  }

  private static String line(int number) {
    return "line " + number;
  }

  /** A JSON array may stand on one line, so its elements are counted too, from 1. */
  private static String element(int number, int line) {
    return line(line) + ", element " + number;
  }

  /** The whole of a text file, without a byte order mark. */
  static String text(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new CommandFailure(path + ": split it into files of 16 MiB at most");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new CommandFailure(path + ": write it as UTF-8");
    } catch (IOException e) {
      throw new CommandFailure(path + ": can not be read");
    }
  }

  private static List<Row> csv(Path path, String text) {
    List<CsvReader.Line> lines;
    try {
      lines = CsvReader.read(text);
    } catch (CsvReader.CsvException e) {
      throw failure(path, line(e.line()), String.valueOf(e.getMessage()));
    }
    if (lines.isEmpty()) {
      throw new CommandFailure(path + ": start with a line that names the columns");
    }
    List<String> columns = lines.get(0).fields();
    requireColumns(path, lines.get(0));
    List<Row> rows = new ArrayList<>();
    for (CsvReader.Line line : lines.subList(1, lines.size())) {
      if (line.fields().size() != columns.size()) {
        throw failure(path, line(line.number()), "row: give " + columns.size() + " fields");
      }
      Map<String, String> fields = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        fields.put(columns.get(i), line.fields().get(i));
      }
      rows.add(new Row(line(line.number()), fields));
    }
    return rows;
  }

  private static void requireColumns(Path path, CsvReader.Line header) {
    if (!EnroleeOrder.FIELDS.containsAll(header.fields())
        || header.fields().stream().distinct().count() != header.fields().size()) {
      throw failure(
          path,
          line(header.number()),
          "header: name each column once, out of "
              + String.join(", ", EnroleeOrder.FIELDS.stream().sorted().toList()));
    }
  }

  private static List<Row> json(Path path, String text) {
    List<Row> rows = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        rows.add(object(path, parser, rows.size() + 1));
      }
      requireEnd(path, parser);
      return rows;
    } catch (JsonProcessingException e) {
      // The parser's own message quotes the text, which may hold a key.
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw failure(
          path, element(rows.size() + 1, line), "JSON: write a well-formed array, no member twice");
    } catch (IOException e) {
      throw new CommandFailure(path + ": can not be read");
    }
  }

  private static void requireEnd(Path path, JsonParser parser) throws IOException {
    try {
      if (parser.nextToken() == null) {
        return;
      }
    } catch (JsonProcessingException e) {
      // Refused below like a second value.
    }
    int line = parser.currentLocation().getLineNr();
    throw failure(path, line(line), "JSON: write one array and nothing behind it");
  }

  private static Row object(Path path, JsonParser parser, int number) throws IOException {
    String place = element(number, lineOf(parser));
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw failure(path, place, "JSON: write an array of objects");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (!EnroleeOrder.FIELDS.contains(name)) {
        throw failure(
            path,
            element(number, lineOf(parser)),
            "member: use only "
                + String.join(", ", EnroleeOrder.FIELDS.stream().sorted().toList()));
      }
      if (parser.nextToken() != JsonToken.VALUE_STRING) {
        throw failure(path, element(number, lineOf(parser)), name + ": give a string");
      }
      fields.put(name, parser.getText());
    }
    return new Row(place, fields);
  }

  private static int lineOf(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }
}
