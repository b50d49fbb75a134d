// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.vectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * A vector file: an object of tables, each a list of flat objects. Every value is read as text. It
 * does not use the project's codec, which is one of the things under test.
 */
public final class Vectors {
  private Vectors() {}

  /** One row of a table. */
  public static final class Row {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * The value in a column.
     *
     * @throws NoSuchElementException if the row has no such column
     */
    public String get(String column) {
      String value = values.get(column);
      if (value == null) {
        throw new NoSuchElementException("no column " + column + " in " + values);
      }
      return value;
    }

    public boolean has(String column) {
      return values.containsKey(column);
    }

    public int number(String column) {
      return Integer.parseInt(get(column));
    }

    @Override
    public String toString() {
      return values.toString();
    }
  }

  /**
   * The rows of one table.
   *
   * @param file a resource at the root of the test class path
   * @throws NoSuchElementException if the table is missing or empty
   */
  public static List<Row> rows(String file, String table) {
    try (InputStream stream = Vectors.class.getResourceAsStream("/" + file)) {
      if (stream == null) {
        throw new NoSuchElementException("no file " + file);
      }
      List<Row> rows = read(stream, table);
      if (rows.isEmpty()) {
        throw new NoSuchElementException("no rows of " + table + " in " + file);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Row> read(InputStream stream, String table) throws IOException {
    List<Row> rows = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(stream)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(table);
        JsonToken start = parser.nextToken();
        if (!wanted || start != JsonToken.START_ARRAY) {
          parser.skipChildren();
          continue;
        }
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          rows.add(readRow(parser));
        }
      }
    }
    return rows;
  }

  private static Row readRow(JsonParser parser) throws IOException {
    Row row = new Row();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      row.values.put(name, parser.getText());
    }
    return row;
  }
}
