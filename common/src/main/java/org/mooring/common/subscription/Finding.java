// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.List;
import java.util.Optional;

/**
 * One rule held against a registration.
 *
 * @param rule the rule
 * @param comparisons of credential, App-ID and AE-ID, in this order
 */
public record Finding(AppRule rule, List<Comparison> comparisons) {
  public Finding {
    comparisons = List.copyOf(comparisons);
  }

  /** The attributes of a rule that a registration is held against. */
  public enum Element {
    CREDENTIAL("applicableCredIDs (apci)", "--credential"),
    APP_ID("allowedApp-IDs (aai)", "--app"),
    AE_ID("allowedAEs (aae)", "--ae");

    private final String attribute;
    private final String option;

    Element(String attribute, String option) {
      this.attribute = attribute;
      this.option = option;
    }

    /** Its name in the standard. */
    public String attribute() {
      return attribute;
    }
  }

  /**
   * One attribute held against what the registration has.
   *
   * @param value of the registration; empty for none
   * @param allowed what the rule has; empty for an absent attribute
   * @param matched by which of these
   */
  public record Comparison(
      Element element, String value, List<Wildcard> allowed, Optional<Wildcard> matched) {

    /** A rule without credentials is for registrations without one (TS-0001 clause 9.6.29). */
    public boolean isMatch() {
      return matched.isPresent() || (element == Element.CREDENTIAL && isWithoutEither());
    }

    private boolean isWithoutEither() {
      return value.isEmpty() && allowed.isEmpty();
    }

    /** What was compared and how it ended, in one line. */
    @Override
    public String toString() {
      String given = value.isEmpty() ? absence() : value;
      if (isMatch()) {
        return matched.map(by -> given + " matches " + by).orElse(given + ", as the rule wants it");
      }
      return allowed.isEmpty()
          ? given + ", and the rule has no " + element.attribute()
          : given + " matches none of " + listed();
    }

    private String absence() {
      return element == Element.CREDENTIAL ? "no security association" : "any AE-ID-Stem";
    }

    private String listed() {
      return String.join(", ", allowed.stream().map(Wildcard::text).toList());
    }
  }

  /** Whether the rule allows the registration. */
  boolean isMatch() {
    return comparisons.stream().allMatch(Comparison::isMatch);
  }

  long matches() {
    return comparisons.stream().filter(Comparison::isMatch).count();
  }

  String reason() {
    Comparison against = against();
    return rule.address() + ": " + against.element().attribute() + ": " + against;
  }

  String remedy() {
    Comparison against = against();
    String option = against.element().option;
    String missing = against.value().isEmpty() ? "" : " " + against.value();
    return against.element() == Element.CREDENTIAL && missing.isEmpty()
        ? "associate with a credential that the rule names, or write a rule without " + option
        : "have a rule with " + option + missing + ": in-server subscription rule RULE";
  }

  private Comparison against() {
    return comparisons.stream().filter(one -> !one.isMatch()).findFirst().orElseThrow();
  }
}
