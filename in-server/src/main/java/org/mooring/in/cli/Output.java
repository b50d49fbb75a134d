// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;

/** Documents of the admin API for people and machines. */
final class Output {
  private Output() {}

  /** One JSON object on one line. */
  static void json(PrintWriter out, Attributes document) {
    out.println(
        new String(
            ContentCodec.writeAttributes(Serialization.JSON, document), StandardCharsets.UTF_8));
  }

  /** One member per line, objects and lists of objects indented below their name. */
  static void members(PrintWriter out, Attributes document) {
    members(out, document, "");
  }

  /** A line of headings and one line per document. */
  static void table(PrintWriter out, List<Attributes> documents, List<String> columns) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(columns);
    for (Attributes document : documents) {
      rows.add(columns.stream().map(column -> text(document, column)).toList());
    }
    int[] widths = new int[columns.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    rows.forEach(row -> out.println(line(row, widths)));
  }

  /** The objects in the named list of a document. */
  static List<Attributes> documents(Attributes document, String name) {
    List<Attributes> found = new ArrayList<>();
    if (document.get(name).orElse(null) instanceof AttributeValue.Items items) {
      for (AttributeValue item : items.values()) {
        if (item instanceof AttributeValue.Members members) {
          found.add(members.attributes());
        }
      }
    }
    return List.copyOf(found);
  }

  private static void members(PrintWriter out, Attributes document, String indent) {
    for (String name : document.names()) {
      List<Attributes> list = documents(document, name);
      if (document.members(name).isPresent()) {
        out.println(indent + name);
        members(out, document.members(name).get(), indent + "  ");
      } else if (!list.isEmpty()) {
        out.println(indent + name);
        table(out, list, List.copyOf(list.get(0).names()));
      } else {
        out.printf("%s%-16s %s%n", indent, name, text(document, name));
      }
    }
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }

  private static String text(Attributes document, String name) {
    return document.get(name).map(Output::text).orElse("-");
  }

  private static String text(AttributeValue value) {
    if (value instanceof AttributeValue.Text text) {
      return printable(text.value());
    }
    if (value instanceof AttributeValue.Whole whole) {
      return Long.toString(whole.value());
    }
    if (value instanceof AttributeValue.Decimal decimal) {
      return Double.toString(decimal.value());
    }
    if (value instanceof AttributeValue.Flag flag) {
      return flag.value() ? "yes" : "no";
    }
    if (value instanceof AttributeValue.Items items) {
      return items.values().stream().map(Output::text).collect(Collectors.joining(", "));
    }
    if (value instanceof AttributeValue.Members members) {
      return members.attributes().names().stream()
          .map(name -> name + "=" + text(members.attributes(), name))
          .collect(Collectors.joining(" "));
    }
    return "-";
  }

  /** Texts of peers reach a terminal without control characters. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
