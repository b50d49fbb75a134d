// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs every other benchmark, one after the other. */
@Command(
    name = "all",
    description = "Every benchmark with its default size, one after the other.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true)
@SuppressWarnings("NullAway.Init")
final class AllCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private CommonOptions common;

  @Override
  public Integer call() {
    CommandLine root = command.parent().commandLine();
    Set<CommandLine> others = new LinkedHashSet<>(root.getSubcommands().values());
    others.remove(command.commandLine());
    int worst = 0;
    for (CommandLine other : others) {
      List<String> arguments = new ArrayList<>(List.of(other.getCommandName()));
      arguments.addAll(common.arguments());
      worst = Math.max(worst, Bench.commandLine().execute(arguments.toArray(String[]::new)));
    }
    return worst;
  }
}
