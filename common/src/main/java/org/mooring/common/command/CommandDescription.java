// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import java.util.Optional;
import java.util.OptionalLong;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.TrustResourceNames;

/**
 * cmdDescription (TS-0003 clauses 8.3.9.4 and 12.4.4) as far as every client can read it: a client
 * that does not know the class says so, and one that does parses the arguments next.
 *
 * @param classId cmdClassID, perhaps of a later release
 * @param arguments cmdArgs with its one member; see {@link CommandArguments#parse}
 * @param target targetID, empty where none is named
 */
public record CommandDescription(long classId, Attributes arguments, String target) {

  /** The description of a command of a known class. */
  public static CommandDescription of(CommandArguments arguments, String target) {
    return new CommandDescription(
        arguments.commandClass().code(), arguments.toAttributes(), target);
  }

  /** The class; empty for one that is not known here. */
  public Optional<CommandClass> commandClass() {
    return CommandClass.of(classId);
  }

  public Attributes toAttributes() {
    Attributes.Builder members =
        Attributes.builder()
            .put(TrustResourceNames.COMMAND_CLASS, classId)
            .put(TrustResourceNames.COMMAND_ARGUMENTS, arguments);
    if (!target.isEmpty()) {
      members.put(TrustResourceNames.COMMAND_TARGET, target);
    }
    return members.build();
  }

  /** Reads {@code cdes}; empty where class or arguments are missing or not of their form. */
  public static Optional<CommandDescription> from(Attributes members) {
    OptionalLong classId = members.whole(TrustResourceNames.COMMAND_CLASS);
    Optional<Attributes> arguments = members.members(TrustResourceNames.COMMAND_ARGUMENTS);
    if (classId.isEmpty() || arguments.isEmpty()) {
      return Optional.empty();
    }
    String target = members.text(TrustResourceNames.COMMAND_TARGET).orElse("");
    return Optional.of(new CommandDescription(classId.getAsLong(), arguments.get(), target));
  }
}
