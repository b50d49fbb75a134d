// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.file.PrivateFiles;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Issues a token. */
@Command(
    name = "token",
    description = {
      "Issues the token by which instances of an application are let in.",
      "The token is a secret as a whole: whoever has it can pass for the application on the nodes"
          + " that it names. It is written or printed this once and never shown again."
    })
final class AppTokenCommand extends AdminCommand {
  private static final String TOKEN = "token";

  private final InstantSource clock = InstantSource.system();

  @Parameters(paramLabel = "APP-ID", description = "the application, which is registered")
  private @Nullable AppId id;

  @Option(
      names = "--node",
      paramLabel = "NODE",
      required = true,
      split = ",",
      description =
          "where instances may run: a CSE-ID (/name; or an AE-ID), which also stands for the enrolee's"
              + " subscription, or a node id; again for each further one")
  private List<String> nodes = List.of();

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      required = true,
      description = "end of the token and of all it led to: a time, a date or a span such as 90d")
  private String until = "";

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      description = "when it begins to let instances in (default: at once)")
  private @Nullable String from;

  @Option(
      names = "--role",
      paramLabel = "ROLE-ID",
      split = ",",
      description =
          "a role that requests of instances may name (rids), for policies that have it among their"
              + " originators; again for each (default: none)")
  private List<String> roles = List.of();

  @Option(
      names = "--access-policy",
      paramLabel = "ADDRESS",
      description =
          "the accessControlPolicy of what instances create at the IN-CSE without naming one: its"
              + " address there; it decides then, also on the instance (default: none, so that the"
              + " resource is the instance's own)")
  private @Nullable String accessPolicy;

  @Option(
      names = "--target",
      paramLabel = "ID",
      split = ",",
      description =
          "a CSE (/name) or AE (/CSE/C…, /S…) with which instances may associate, besides their"
              + " registrar; again for each (default: none)")
  private List<EntityId> targets = List.of();

  @Option(
      names = "--share",
      paramLabel = "none|app|node",
      description =
          "with which other instances on its node an instance shares the association that its key"
              + " opened, where their tokens say so too: of this application, or of any (default:"
              + " none)")
  private @Nullable String share;

  @Option(
      names = "--max-instances",
      paramLabel = "N",
      description = "instances that may live on all nodes together (default: 100)")
  private @Nullable Integer maxInstances;

  @Option(
      names = "--max-instances-per-node",
      paramLabel = "N",
      description = "instances that may live on each node (default: 10)")
  private @Nullable Integer maxInstancesPerNode;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "a new file for the token, for its owner alone (default: it is printed)")
  private @Nullable Path file;

  @Override
  Attributes ask(AdminClient client) {
    if (file != null && Files.exists(file)) {
      throw FactoryFile.exists(file);
    }
    Instant now = clock.instant();
    Attributes.Builder order =
        Attributes.builder().put("nodes", nodes).put("until", time("--until", until, now));
    if (from != null) {
      order.put("from", time("--from", from, now));
    }
    if (!roles.isEmpty()) {
      order.put("roles", roles);
    }
    if (accessPolicy != null) {
      order.put("accessPolicy", accessPolicy);
    }
    if (!targets.isEmpty()) {
      order.put("targets", targets.stream().map(EntityId::value).toList());
    }
    if (share != null) {
      order.put("share", share);
    }
    if (maxInstances != null) {
      order.put("maxInstances", maxInstances);
    }
    if (maxInstancesPerNode != null) {
      order.put("maxInstancesPerNode", maxInstancesPerNode);
    }
    Attributes issued =
        client.post(AppCommand.path(Objects.requireNonNull(id)) + "/tokens", order.build());
    return file == null ? issued : written(file, issued);
  }

  private static String time(String option, String text, Instant now) {
    try {
      return TimeText.time(text, now).toString();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new UsageError(option + message.substring(message.indexOf(':')));
    }
  }

  /** The answer without the token, which is in the file; with it, where that fails. */
  private Attributes written(Path target, Attributes issued) {
    String token = issued.text(TOKEN).orElseThrow() + "\n";
    try {
      PrivateFiles.createWhole(target, token.getBytes(StandardCharsets.US_ASCII));
      return issued.without(Set.of(TOKEN));
    } catch (FileAlreadyExistsException e) {
      failAfterwards(FactoryFile.exists(target));
    } catch (IOException | UnsupportedOperationException e) {
      failAfterwards(
          new CommandFailure(target + ": can not be written; the token is printed above"));
    }
    return issued;
  }
}
