// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.command;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;

/**
 * A command in the queue of a client registration.
 *
 * @param id cmdID, 26 characters of base32, never used twice
 * @param registration the {@code ri} of the {@code <mefClientReg>}
 * @param position its place in the queue, from 1
 * @param expiresAt from when on it is not issued, nor issued again
 * @param state as it was stored; see {@link #stateAt}
 * @param deliveries how often it was issued
 * @param status ISSUED until it was issued again or reported on
 * @param changedAt when the state was entered, or the command issued again
 */
public record QueuedCommand(
    String id,
    String registration,
    long position,
    CommandDescription description,
    Instant addedAt,
    Instant expiresAt,
    State state,
    int deliveries,
    CommandStatus status,
    Instant changedAt) {

  /** The life of a command at the MEF. */
  public enum State {
    /** It waits behind others, or for its client to come. */
    QUEUED,
    /** The client was told and has not reported; it is issued again when the client asks. */
    ISSUED,
    /** The client reported a status. */
    REPORTED,
    /** The operator withdrew it; a client that knows it already may report still. */
    CANCELLED,
    /** Its time passed before a report; as with a cancelled one, a late report counts. */
    EXPIRED
  }

  private static final Set<State> OPEN = EnumSet.of(State.QUEUED, State.ISSUED);

  static QueuedCommand added(
      String id,
      String registration,
      long position,
      CommandDescription description,
      Instant now,
      Instant expiresAt) {
    return new QueuedCommand(
        id,
        registration,
        position,
        description,
        now,
        expiresAt,
        State.QUEUED,
        0,
        CommandStatus.ISSUED,
        now);
  }

  /** The state at a time: an open command whose end has come is expired. */
  public State stateAt(Instant now) {
    return OPEN.contains(state) && !now.isBefore(expiresAt) ? State.EXPIRED : state;
  }

  /** Whether it is still to be issued, or to be reported on. */
  public boolean isOpenAt(Instant now) {
    return OPEN.contains(stateAt(now));
  }

  /** Whether a report on it tells something new. */
  boolean awaitsReport() {
    return deliveries > 0 && state != State.REPORTED;
  }

  /** Issued: for the first time, or again because no report came (clauses 8.3.9.5.2 and .3). */
  QueuedCommand issued(Instant now) {
    CommandStatus told = deliveries == 0 ? CommandStatus.ISSUED : CommandStatus.REISSUED;
    return changed(State.ISSUED, deliveries + 1, told, now);
  }

  QueuedCommand reported(CommandStatus outcome, Instant now) {
    return changed(State.REPORTED, deliveries, outcome, now);
  }

  QueuedCommand cancelled(Instant now) {
    return changed(State.CANCELLED, deliveries, status, now);
  }

  private QueuedCommand changed(State next, int times, CommandStatus told, Instant now) {
    return new QueuedCommand(
        id, registration, position, description, addedAt, expiresAt, next, times, told, now);
  }

  /** The command as its client is told. */
  ClientCommand asIssued() {
    return new ClientCommand(id, description, status);
  }
}
