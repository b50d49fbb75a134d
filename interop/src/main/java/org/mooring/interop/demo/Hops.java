// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.demo;

import java.util.List;
import java.util.Optional;

/** Which CSE the demo's node registers with. */
enum Hops {
  /** The IN-CSE. */
  IN("/id-in"),
  /** An MN-CSE, which is registered with the IN-CSE. */
  MN("/mn-1");

  private final String registrar;

  Hops(String registrar) {
    this.registrar = registrar;
  }

  /**
   * With which stems applications register at the node, one after the other: its own CSE assigns
   * those that begin with C, and through all hops the IN-CSE those that begin with S.
   */
  List<String> stems() {
    return this == IN ? List.of("C") : List.of("C", "S");
  }

  /** The registrar's CSE-ID. */
  String registrar() {
    return registrar;
  }

  /**
   * Where an application on the node publishes: at the IN-CSE, below the {@code <remoteCSE>} of
   * whoever is registered there.
   *
   * @param cseId the node's
   */
  String publishedBelow(String cseId) {
    return "~/id-in/-" + (this == IN ? cseId : registrar);
  }

  static Optional<Hops> of(String text) {
    return text.equals("in") ? Optional.of(IN) : Optional.of(MN).filter(mn -> text.equals("mn"));
  }
}
