// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Shows the public keys. */
@Command(
    name = "show",
    description =
        "Shows the public keys that tokens are verified with; --json prints them as a JWK set.")
final class AppKeysShowCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.get("/v1/jwks");
  }
}
