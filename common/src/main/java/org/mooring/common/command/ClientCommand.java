// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.TrustResourceNames;

/**
 * A command as the MEF issues it: the three elements of TS-0003 table 8.3.9.2-2.
 *
 * @param id cmdID, told apart within one client registration
 * @param status ISSUED or REISSUED
 */
public record ClientCommand(String id, CommandDescription description, CommandStatus status) {
  private static final int LONGEST_ID = 255;

  /** The attributes of a {@code <mefClientCmd>}. */
  public Attributes toAttributes() {
    return Attributes.builder()
        .put(TrustResourceNames.COMMAND_ID, id)
        .put(TrustResourceNames.COMMAND_DESCRIPTION, description.toAttributes())
        .put(TrustResourceNames.COMMAND_STATUS, status.code())
        .build();
  }

  /** Reads a {@code <mefClientCmd>}; empty where one of the three can not be parsed. */
  public static Optional<ClientCommand> from(Attributes command) {
    Optional<String> id =
        command
            .text(TrustResourceNames.COMMAND_ID)
            .filter(text -> !text.isEmpty() && text.length() <= LONGEST_ID);
    Optional<CommandDescription> description =
        command.members(TrustResourceNames.COMMAND_DESCRIPTION).flatMap(CommandDescription::from);
    Optional<CommandStatus> status =
        CommandStatus.of(command.whole(TrustResourceNames.COMMAND_STATUS).orElse(-1))
            .filter(known -> !known.isOfClient());
    if (id.isEmpty() || description.isEmpty() || status.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ClientCommand(id.get(), description.get(), status.get()));
  }
}
