// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.common.primitive.Attributes;
import picocli.CommandLine.Command;

/** Recomputes the audit log's chain of hashes. */
@Command(
    name = "verify",
    description = {
      "Verifies that no entry of the audit log was changed or removed; exit code 1 if one was.",
      "A log cut at its end looks whole: compare entries and head with an earlier verification."
    })
final class AuditVerifyCommand extends AdminCommand {
  @Override
  Attributes ask(AdminClient client) {
    return client.post("/v1/audit:verify", Attributes.NONE);
  }

  @Override
  void requireGood(Attributes answer) {
    if (!answer.flag("intact").orElse(false)) {
      throw new CommandFailure("the audit log was changed");
    }
  }
}
