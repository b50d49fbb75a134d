// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks the running server one thing and prints the answer. */
abstract class AdminCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;
  @Mixin private ServerOptions server = new ServerOptions();
  private @Nullable CommandFailure afterwards;

  @Override
  public final void run() {
    Attributes answer = ask(server.client());
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (server.json()) {
      Output.json(out, answer);
    } else {
      print(out, answer);
    }
    out.flush();
    if (afterwards != null) {
      throw afterwards;
    }
    requireGood(answer);
  }

  /** Fails the command once the answer was printed, the only place left for the keys in it. */
  final void failAfterwards(CommandFailure failure) {
    afterwards = failure;
  }

  /**
   * Asks the server.
   *
   * @throws CommandFailure with what it refused
   */
  abstract Attributes ask(AdminClient client);

  /** Prints the answer for people. */
  void print(PrintWriter out, Attributes answer) {
    Output.members(out, answer);
  }

  /**
   * Judges an answer that was printed.
   *
   * @throws CommandFailure if it tells of something that is not in order
   */
  void requireGood(Attributes answer) {}
}
