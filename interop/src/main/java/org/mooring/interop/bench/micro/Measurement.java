// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.mooring.interop.bench.Round;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH found out about one benchmark.
 *
 * @param name class without {@code Benchmark}, method and parameters, as {@code Content.decode CBOR
 *     symmKeyReg}
 * @param unit {@code ns/op}, or {@code ops/s} where more is better
 * @param scores of the rounds
 * @param error half of JMH's 99.9 % confidence interval of the mean; not a number below three
 *     rounds
 * @param octetsPerOperation what one operation allocates on the heap
 */
record Measurement(
    String name, String unit, List<Double> scores, double error, double octetsPerOperation) {
  private static final String ALLOCATION = "gc.alloc.rate.norm";
  private static final String SUFFIX = "Benchmark.";

  Measurement {
    scores = List.copyOf(scores);
  }

  static Measurement of(RunResult result) {
    List<Double> scores = new ArrayList<>();
    for (IterationResult round : result.getAggregatedResult().getIterationResults()) {
      scores.add(round.getPrimaryResult().getScore());
    }
    Result<?> score = result.getPrimaryResult();
    Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
    return new Measurement(
        name(result.getParams()),
        score.getScoreUnit(),
        scores,
        score.getScoreError(),
        allocation == null ? Double.NaN : allocation.getScore());
  }

  private static String name(BenchmarkParams benchmark) {
    String method = benchmark.getBenchmark();
    int className = method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1;
    StringJoiner name = new StringJoiner(" ");
    name.add(method.substring(className).replace(SUFFIX, "."));
    benchmark.getParamsKeys().forEach(key -> name.add(benchmark.getParam(key)));
    return name.toString();
  }

  /** The rounds as a result has them; what JMH tells of all together stands in the first. */
  List<Round> asRounds() {
    List<Round> rounds = new ArrayList<>();
    for (double score : scores) {
      Round.Builder round = Round.of(name, rounds.size() + 1).put(unit, score);
      if (rounds.isEmpty() && !Double.isNaN(error)) {
        round.put("error", error);
      }
      if (rounds.isEmpty() && !Double.isNaN(octetsPerOperation)) {
        round.put("B/op", octetsPerOperation);
      }
      rounds.add(round.build());
    }
    return rounds;
  }
}
