// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.micro;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of this package under JMH, each in a process of its own. */
final class MicroBenchmarks {
  static final int WARM_UP_ROUNDS = 3;
  static final int MILLIS = 300;
  static final int QUICK_MILLIS = 5;

  private MicroBenchmarks() {}

  /**
   * Runs what is asked for.
   *
   * @param only a regular expression of names to run, as {@code Content.decode}
   * @param rounds rounds that count, of 300 ms
   * @param quick one round of 5 ms in this very process, which proves that everything runs and
   *     tells nothing of speed
   */
  static List<Measurement> run(String only, int rounds, boolean quick) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(MicroBenchmarks.class.getPackageName()) + ".*" + only)
            .addProfiler(GCProfiler.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .jvmArgsAppend("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC");
    if (quick) {
      options
          .forks(0)
          .warmupIterations(0)
          .measurementIterations(1)
          .measurementTime(TimeValue.milliseconds(QUICK_MILLIS));
    } else {
      options.forks(1).warmupIterations(WARM_UP_ROUNDS).warmupTime(TimeValue.milliseconds(MILLIS));
      options.measurementIterations(rounds).measurementTime(TimeValue.milliseconds(MILLIS));
    }
    try {
      Collection<RunResult> results = new Runner(options.build()).run();
      return results.stream().map(Measurement::of).toList();
    } catch (RunnerException e) {
      throw new IllegalStateException("a benchmark failed", e);
    }
  }
}
