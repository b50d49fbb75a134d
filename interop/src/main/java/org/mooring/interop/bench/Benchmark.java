// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.mooring.interop.process.Jars;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A benchmark as a command: it is measured, written to its files and printed. */
@SuppressWarnings("NullAway.Init")
public abstract class Benchmark implements Callable<Integer> {
  /** Each node of the load holds a socket until all of them are registered. */
  private static final int WARM_UP_AT_ONCE = 4_000;

  private static final String RESULTS = "--results";

  @Spec private CommandSpec command;
  @Mixin private CommonOptions common;

  /** Measures; what it says meanwhile goes to {@link #progress}. */
  protected abstract Result measure() throws IOException, InterruptedException;

  protected final CommonOptions common() {
    return common;
  }

  /**
   * Has the subjects go some way that does not count, in turns: the Java runtime compiles what it
   * finds used often, and again when it is used otherwise.
   */
  protected final void warmUp(List<Subject> subjects, int nodes) throws InterruptedException {
    progress("warming up");
    int left = nodes;
    while (left > 0) {
      int some = Math.min(left, WARM_UP_AT_ONCE);
      for (Subject subject : subjects) {
        var unused = subject.load().enrol(some);
      }
      left -= some;
    }
  }

  /** The measured rounds, the subjects in turns. */
  protected final Rounds inTurns(List<Subject> subjects, int nodes) throws InterruptedException {
    List<Round> rounds = new ArrayList<>();
    for (int number = 1; number <= common.rounds(); number++) {
      progress("round %d of %d", number, common.rounds());
      for (Subject subject : subjects) {
        rounds.add(subject.load().enrol(nodes).round(subject.name(), number));
      }
    }
    return new Rounds(rounds);
  }

  /** Tells on standard error how far the benchmark is. */
  protected final void progress(String format, Object... values) {
    PrintWriter errors = command.commandLine().getErr();
    errors.println(command.name() + ": " + Text.format(format, values));
    errors.flush();
  }

  @Override
  public final Integer call() throws IOException, InterruptedException {
    requireBuilt(Jars.ofThisProject());
    Result result = measure();
    Occasion occasion =
        Occasion.of(commandLine(), Jars.ofThisProject().root(), InstantSource.system());
    new ResultFile(result, occasion).write(common.results());
    PrintWriter out = command.commandLine().getOut();
    out.print(new ResultTable(result));
    out.flush();
    return 0;
  }

  /** What repeats this run, wherever its results were to go. */
  private String commandLine() {
    List<String> words = new ArrayList<>(List.of("interop/bench", command.name()));
    Iterator<String> given = command.commandLine().getParseResult().originalArgs().iterator();
    while (given.hasNext()) {
      String word = given.next();
      if (word.equals(RESULTS)) {
        given.next();
      } else if (!word.startsWith(RESULTS) && !word.equals(command.name())) {
        words.add(word);
      }
    }
    return String.join(" ", words);
  }

  private static void requireBuilt(Jars jars) {
    if (!jars.areBuilt()) {
      throw new IllegalStateException("the jars are not built: run mvn package");
    }
  }
}
