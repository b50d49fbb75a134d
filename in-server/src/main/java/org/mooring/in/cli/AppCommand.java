// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.common.identifier.AppId;
import picocli.CommandLine.Command;

/** Groups the commands on applications. */
@Command(
    name = "app",
    description = "Says which applications may use the services, and issues their tokens.",
    subcommands = {
      AppRegisterCommand.class,
      AppListCommand.class,
      AppShowCommand.class,
      AppTokenCommand.class,
      AppRevokeCommand.class,
      AppKeysCommand.class
    })
final class AppCommand extends CommandGroup {
  /** Where the API has an application. */
  static String path(AppId id) {
    return "/v1/apps/" + AdminClient.segment(id);
  }
}
