// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AppId;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one application with its tokens and instances. */
@Command(
    name = "show",
    description =
        "Shows an application with its latest tokens, 1,000 at most, and all of its instances.")
final class AppShowCommand extends AdminCommand {
  private static final String TOKENS = "tokens";
  private static final String INSTANCES = "instances";

  @Parameters(paramLabel = "APP-ID", description = "the application")
  private @Nullable AppId id;

  @Override
  Attributes ask(AdminClient client) {
    return client.get(AppCommand.path(Objects.requireNonNull(id)));
  }

  @Override
  void print(PrintWriter out, Attributes answer) {
    Output.members(out, answer.without(Set.of(TOKENS, INSTANCES)));
    out.println(TOKENS);
    Output.table(
        out,
        Output.documents(answer, TOKENS),
        List.of("tokenId", "status", "until", "instances", "maxInstances", "nodes"));
    out.println(INSTANCES);
    Output.table(
        out,
        Output.documents(answer, INSTANCES),
        List.of("instance", "node", "status", "aeId", "kaId", "token"));
  }
}
