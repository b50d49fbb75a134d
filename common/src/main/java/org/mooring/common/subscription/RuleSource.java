// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.Locale;
import java.util.stream.Stream;

/** Where a rule, or another resource of a service subscription, came from. */
public enum RuleSource {
  /** It stands for the provider that wrote no subscription. */
  DEFAULT,
  /** The operator wrote it, and is the only one to change it. */
  OPERATOR,
  /**
   * The enrolment of a node implies it: it goes when the enrolee is revoked or its subscription
   * ends.
   */
  ENROLMENT,
  /** The association of an application instance implies it: it goes when its key goes. */
  ASSOCIATION;

  /** The form in documents; of what the server wrote also that of its creator. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it came with something else, and goes with that. */
  public boolean isImplied() {
    return this == ENROLMENT || this == ASSOCIATION;
  }

  /**
   * The source of a resource.
   *
   * @param creator as it was stored; an SP-relative id is an originator's
   */
  public static RuleSource ofCreator(String creator) {
    return Stream.of(ENROLMENT, ASSOCIATION)
        .filter(source -> source.text().equals(creator))
        .findFirst()
        .orElse(OPERATOR);
  }
}
