// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What one subject showed in one round.
 *
 * @param subject what was measured, such as {@code mooring maf}
 * @param number of the round, from 1
 * @param values by name with unit, such as {@code enrolmentsPerSecond}; in the order they were put
 */
public record Round(String subject, int number, Map<String, Double> values) {
  public Round {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A round whose values are yet to be put. */
  public static Builder of(String subject, int number) {
    return new Builder(subject, number);
  }

  public OptionalDouble value(String name) {
    Double value = values.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** Puts the values of a round together. */
  public static final class Builder {
    private final String subject;
    private final int number;
    private final Map<String, Double> values = new LinkedHashMap<>();

    private Builder(String subject, int number) {
      this.subject = subject;
      this.number = number;
    }

    public Builder put(String name, double value) {
      values.put(name, value);
      return this;
    }

    public Round build() {
      return new Round(subject, number, values);
    }
  }
}
