// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * All rounds of a benchmark, those of different subjects in turns.
 *
 * @param all in the order they were run
 */
public record Rounds(List<Round> all) {
  public Rounds {
    all = List.copyOf(all);
  }

  /** The subjects in the order they were first run. */
  public Set<String> subjects() {
    Set<String> subjects = new LinkedHashSet<>();
    all.forEach(round -> subjects.add(round.subject()));
    return subjects;
  }

  /** The names of all values, in the order they first appear. */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    all.forEach(round -> names.addAll(round.values().keySet()));
    return names;
  }

  /** One value of a subject over the rounds; empty where the subject does not have it. */
  public Optional<Figure> figure(String subject, String name) {
    List<Double> values = new ArrayList<>();
    for (Round round : all) {
      if (round.subject().equals(subject)) {
        round.value(name).ifPresent(values::add);
      }
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(Figure.of(values));
  }

  /**
   * The ratio of two subjects in a value: of each round, then over the rounds.
   *
   * @throws IllegalArgumentException if no round has both
   */
  public Figure ratio(String subject, String reference, String name) {
    List<Double> ratios = new ArrayList<>();
    for (Round round : all) {
      if (round.subject().equals(subject)) {
        OptionalDouble own = round.value(name);
        OptionalDouble other = valueOf(reference, round.number(), name);
        if (own.isPresent() && other.isPresent()) {
          ratios.add(own.getAsDouble() / other.getAsDouble());
        }
      }
    }
    return Figure.of(ratios);
  }

  private OptionalDouble valueOf(String subject, int number, String name) {
    return all.stream()
        .filter(round -> round.subject().equals(subject) && round.number() == number)
        .findFirst()
        .map(round -> round.value(name))
        .orElse(OptionalDouble.empty());
  }
}
