// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.List;

/** Lists of texts without white space in one column. */
final class SpaceJoined {
  private SpaceJoined() {}

  static String join(List<String> texts) {
    return String.join(" ", texts);
  }

  static List<String> split(String column) {
    return column.isEmpty() ? List.of() : List.of(column.split(" "));
  }
}
