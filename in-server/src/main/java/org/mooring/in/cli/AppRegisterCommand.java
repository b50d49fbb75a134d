// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.AppId;
import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Registers an application. */
@Command(
    name = "register",
    description = "Registers an application, so that 'app token' can issue tokens for it.")
final class AppRegisterCommand extends AdminCommand {
  @Parameters(
      paramLabel = "APP-ID",
      description = "registered R… or not registered N…; never to be registered again")
  private @Nullable AppId id;

  @Override
  Attributes ask(AdminClient client) {
    return client.post(
        "/v1/apps", Attributes.builder().put("appId", Objects.requireNonNull(id).value()).build());
  }
}
