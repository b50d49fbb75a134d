// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Makes a new key. */
@Command(
    name = "rotate",
    description =
        "Signs tokens with a new key from now on. The one before verifies until the last token that"
            + " it signed ends.")
final class AppKeysRotateCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.post("/v1/app-keys:rotate", Attributes.NONE);
  }
}
