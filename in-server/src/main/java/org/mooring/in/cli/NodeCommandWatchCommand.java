// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits for the end of a node's commands. */
@Command(
    name = "watch",
    description = {
      "Waits until commands are at their end and shows what became of them.",
      "Exit code 1 if one was not reported OK, or has not ended in time."
    })
final class NodeCommandWatchCommand extends AdminCommand {
  private static final Set<String> OPEN = Set.of("queued", "issued");
  private static final long POLL_MILLIS = 500;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description = "any identifier that the node has from the factory")
  private @Nullable KeyIdentifier id;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "as 'list' shows it (default: all that are not at their end)")
  private @Nullable String command;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "how long to wait (default: ${DEFAULT-VALUE})")
  private Duration timeout = Duration.ofMinutes(5);

  @Override
  Attributes ask(AdminClient client) {
    KeyIdentifier node = Objects.requireNonNull(id);
    List<String> watched = watched(NodeCommands.of(client, node));
    long deadline = System.nanoTime() + timeout.toNanos();
    List<Attributes> present = present(client, node, watched);
    while (present.stream().anyMatch(NodeCommandWatchCommand::isOpen)
        && System.nanoTime() < deadline) {
      pause();
      present = present(client, node, watched);
    }
    List<AttributeValue> documents =
        present.stream().<AttributeValue>map(AttributeValue.Members::new).toList();
    return Attributes.builder().put("commands", new AttributeValue.Items(documents)).build();
  }

  private List<String> watched(List<Attributes> commands) {
    List<String> chosen =
        commands.stream()
            .filter(known -> command == null ? isOpen(known) : idOf(known).equals(command))
            .map(NodeCommandWatchCommand::idOf)
            .toList();
    if (command != null && chosen.isEmpty()) {
      throw new CommandFailure("command: name one that 'enrolee command list' shows");
    }
    return chosen;
  }

  private static List<Attributes> present(
      AdminClient client, KeyIdentifier node, List<String> watched) {
    return NodeCommands.of(client, node).stream()
        .filter(known -> watched.contains(idOf(known)))
        .toList();
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    NodeCommands.print(out, Output.documents(answer, "commands"));
  }

  @Override
  void requireGood(Attributes answer) {
    for (Attributes known : Output.documents(answer, "commands")) {
      String state = known.text("state").orElseThrow();
      if (isOpen(known)) {
        throw new CommandFailure(idOf(known) + " is still " + state + " after " + timeout);
      }
      if (!known.text("status").equals(Optional.of("OK"))) {
        throw new CommandFailure(
            idOf(known) + " is " + state + ": " + known.text("status").orElseThrow());
      }
    }
  }

  private static boolean isOpen(Attributes known) {
    return OPEN.contains(known.text("state").orElseThrow());
  }

  private static String idOf(Attributes known) {
    return known.text("command").orElseThrow();
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted");
    }
  }
}
