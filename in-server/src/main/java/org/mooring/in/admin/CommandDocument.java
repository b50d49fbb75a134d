// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.Locale;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandClass;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.command.QueuedCommand;

/** Commands as the API shows them. */
final class CommandDocument {
  private CommandDocument() {}

  static Attributes of(QueuedCommand command, Instant now) {
    CommandClass commandClass = command.description().commandClass().orElseThrow();
    Attributes.Builder document =
        Attributes.builder()
            .put("command", command.id())
            .put("class", commandClass.name())
            .put("state", command.stateAt(now).name().toLowerCase(Locale.ROOT))
            .put("status", command.status().name())
            .put("code", command.status().code())
            .put("deliveries", command.deliveries())
            .put("added", command.addedAt().toString())
            .put("changed", command.changedAt().toString());
    if (command.expiresAt().isBefore(M2mTimestamp.NEVER)) {
      document.put("expires", command.expiresAt().toString());
    }
    return document.put("arguments", said(commandClass, command.description().arguments())).build();
  }

  private static String said(CommandClass commandClass, Attributes arguments) {
    CommandArguments parsed = CommandArguments.parse(commandClass, arguments).orElseThrow();
    if (parsed instanceof CommandArguments.CertProv certificate) {
      return "%s %s for %s"
          .formatted(certificate.protocol(), certificate.uri(), certificate.subject());
    }
    if (parsed instanceof CommandArguments.DevCfg device) {
      return device.protocol() + " " + device.uri();
    }
    if (parsed instanceof CommandArguments.MoNode object) {
      return object.objectType().text() + " at " + object.objectPath();
    }
    return "";
  }
}
