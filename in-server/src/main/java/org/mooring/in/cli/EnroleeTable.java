// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.mef.FactoryKey;

/** Enrolees line by line, with the columns of those factory keys that any of them has. */
final class EnroleeTable {
  private EnroleeTable() {}

  /**
   * @param between columns behind the identifiers; the keys that the server made come last
   */
  static void print(PrintWriter out, List<Attributes> enrolees, String... between) {
    List<String> columns = new ArrayList<>(present(enrolees, key -> List.of(key.idText())));
    columns.addAll(List.of(between));
    columns.addAll(present(enrolees, FactoryKey::keyTexts));
    Output.table(out, enrolees, columns);
  }

  private static List<String> present(
      List<Attributes> enrolees, Function<FactoryKey, List<String>> columns) {
    return Stream.of(FactoryKey.values())
        .flatMap(key -> columns.apply(key).stream())
        .filter(name -> enrolees.stream().anyMatch(enrolee -> enrolee.has(name)))
        .toList();
  }
}
