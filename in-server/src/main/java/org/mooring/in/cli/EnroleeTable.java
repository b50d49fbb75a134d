// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.mef.FactoryKey;

/**
 * Enrolees line by line, with the columns of those factory keys and kinds of id that any of them
 * has.
 */
final class EnroleeTable {
  /** What an enrolee is known by in the service: a CSE-ID, or an AE-ID. */
  private static final List<String> ENTITY_IDS = List.of("csi", "aei");

  private EnroleeTable() {}

  /** The SP-relative CSE-ID or AE-ID of an enrolee. */
  static String entityId(Attributes enrolee) {
    return ENTITY_IDS.stream()
        .flatMap(name -> enrolee.text(name).stream())
        .findFirst()
        .orElseThrow();
  }

  /**
   * @param between columns behind the identifiers; the keys that the server made come last
   */
  static void print(PrintWriter out, List<Attributes> enrolees, String... between) {
    List<String> columns = new ArrayList<>(present(enrolees, key -> List.of(key.idText())));
    ENTITY_IDS.stream().filter(name -> isInAny(enrolees, name)).forEach(columns::add);
    columns.addAll(List.of(between));
    columns.addAll(present(enrolees, FactoryKey::keyTexts));
    Output.table(out, enrolees, columns);
  }

  private static List<String> present(
      List<Attributes> enrolees, Function<FactoryKey, List<String>> columns) {
    return Stream.of(FactoryKey.values())
        .flatMap(key -> columns.apply(key).stream())
        .filter(name -> isInAny(enrolees, name))
        .toList();
  }

  private static boolean isInAny(List<Attributes> enrolees, String name) {
    return enrolees.stream().anyMatch(enrolee -> enrolee.has(name));
  }
}
