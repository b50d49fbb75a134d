// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Revokes an application, one of its tokens or one of its instances. */
@Command(
    name = "revoke",
    description = {
      "Revokes an application on all nodes, one token, or one instance on one node, for good.",
      "Their keys end at once, with all that they led to and the live sessions. Instances of a"
          + " revoked token may come again by another one."
    })
final class AppRevokeCommand extends AdminCommand {
  @Parameters(
      paramLabel = "APP-ID",
      arity = "0..1",
      description = "the application; left out with --token")
  private @Nullable AppId id;

  @Option(names = "--token", paramLabel = "TOKEN-ID", description = "this token alone")
  private @Nullable TokenId token;

  @Option(
      names = "--instance",
      paramLabel = "APP-INST-ID",
      description = "this instance alone, with --node")
  private @Nullable AppInstanceId instance;

  @Option(
      names = "--node",
      paramLabel = "/NAME",
      description = "CSE-ID (or AE-ID) of the instance's node")
  private @Nullable EntityId node;

  @Option(names = "--reason", paramLabel = "TEXT", description = "kept in the audit log")
  private String reason = "";

  @Override
  Attributes ask(AdminClient client) {
    if ((id == null) == (token == null)) {
      throw new UsageError("APP-ID: name an application, or a token with --token");
    }
    if ((instance == null) != (node == null) || instance != null && token != null) {
      throw new UsageError("--instance: give it with APP-ID and --node");
    }
    Attributes.Builder body = Attributes.builder().put("reason", reason);
    if (token != null) {
      return client.post("/v1/app-tokens/" + AdminClient.segment(token) + ":revoke", body.build());
    }
    String application = AppCommand.path(Objects.requireNonNull(id));
    if (instance != null) {
      return client.post(
          application + "/instances/" + AdminClient.segment(instance) + ":revoke",
          body.put("node", Objects.requireNonNull(node).value()).build());
    }
    return client.post(application + ":revoke", body.build());
  }
}
