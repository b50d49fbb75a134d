// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.primitive.Attributes;

/** The part of a node's state that its commands are. */
final class CommandProgressCodec {
  private CommandProgressCodec() {}

  static Attributes write(CommandProgress progress) {
    Attributes.Builder members =
        Attributes.builder()
            .put("lastReported", progress.lastReported())
            .put("retrieveAt", progress.retrieveAt().toEpochMilli());
    if (progress.phase() instanceof CommandPhase.Executing executing) {
      members.put("executing", executing.command().toAttributes());
    } else if (progress.phase() instanceof CommandPhase.Reporting reporting) {
      members.put(
          "reporting",
          Attributes.builder()
              .put("id", reporting.id())
              .put("class", reporting.classId())
              .put("outcome", reporting.outcome().code())
              .build());
    }
    return members.build();
  }

  /**
   * @throws RuntimeException if a member is missing or not of its form
   */
  static CommandProgress read(Attributes members) {
    return new CommandProgress(
        phase(members),
        members.text("lastReported").orElseThrow(),
        Instant.ofEpochMilli(members.whole("retrieveAt").orElseThrow()));
  }

  private static CommandPhase phase(Attributes members) {
    if (members.has("executing")) {
      return new CommandPhase.Executing(
          ClientCommand.from(members.members("executing").orElseThrow()).orElseThrow());
    }
    return members
        .members("reporting")
        .map(CommandProgressCodec::reporting)
        .orElse(CommandPhase.IDLE);
  }

  private static CommandPhase reporting(Attributes members) {
    return new CommandPhase.Reporting(
        members.text("id").orElseThrow(),
        members.whole("class").orElseThrow(),
        CommandStatus.of(members.whole("outcome").orElseThrow()).orElseThrow());
  }
}
