// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.TimedId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.trust.ClientRegistration;

/**
 * What an operator does with the commands of a client: they belong to its live registration at the
 * MEF under the provider's adminFQDN, and end with it.
 */
public final class CommandQueue {
  /** Commands of one registration that may wait at once. */
  public static final int MOST_OPEN = 16;

  /** Commands of one registration that are kept; the oldest that ended makes room. */
  public static final int MOST_KEPT = 64;

  private final ServiceProvider provider;

  public CommandQueue(ServiceProvider provider) {
    this.provider = provider;
  }

  /**
   * Puts a command at the end of a client's queue.
   *
   * @param client its absolute CSE-ID
   * @param expiresAt from when on it is not issued
   * @param actor who did it, for the audit log
   * @throws CommandRefusedException if the client is not registered, the queue is full, the end has
   *     passed, or the URI is not at this MEF
   */
  public QueuedCommand add(
      CommandStore store,
      EntityId client,
      CommandArguments arguments,
      Instant expiresAt,
      String actor) {
    ClientRegistration registration =
        registrationOf(store, client).orElseThrow(CommandQueue::notRegistered);
    requireOwnUri(arguments);
    if (!expiresAt.isAfter(store.now())) {
      throw new CommandRefusedException("expires", "give a time in the future");
    }
    List<QueuedCommand> queue = store.commands().ofRegistration(registration.id());
    makeRoom(store, queue);
    QueuedCommand added =
        QueuedCommand.added(
            TimedId.at(store.now()),
            registration.id(),
            queue.isEmpty() ? 1 : queue.get(queue.size() - 1).position() + 1,
            CommandDescription.of(arguments, client.value()),
            store.now(),
            expiresAt);
    store.commands().add(added);
    record(store, actor, AuditAction.COMMAND_ADDED, client, added);
    return added;
  }

  /** The commands of a client in the order of its queue; none where it is not registered. */
  public List<QueuedCommand> list(CommandStore store, EntityId client) {
    return registrationOf(store, client)
        .map(registration -> store.commands().ofRegistration(registration.id()))
        .orElse(List.of());
  }

  /**
   * Withdraws a command. One that was issued already may be carried out all the same: it is not
   * issued again, and a report still counts.
   *
   * @return the command, or empty if the client has none with this id
   * @throws CommandRefusedException if it is at its end already
   */
  public Optional<QueuedCommand> cancel(
      CommandStore store, EntityId client, String id, String actor) {
    Optional<QueuedCommand> found =
        list(store, client).stream().filter(command -> command.id().equals(id)).findFirst();
    return found.map(
        command -> {
          if (!command.isOpenAt(store.now())) {
            throw new CommandRefusedException("command", "leave it, it is at its end");
          }
          QueuedCommand cancelled = command.cancelled(store.now());
          store.commands().update(cancelled);
          record(store, actor, AuditAction.COMMAND_CANCELLED, client, cancelled);
          return cancelled;
        });
  }

  private Optional<ClientRegistration> registrationOf(CommandStore store, EntityId client) {
    return store
        .clientRegistrations()
        .find(FunctionRole.MEF, client, provider.sp().fqdn())
        .filter(registration -> registration.isLiveAt(store.now()));
  }

  /** The FQDN in the URI is that of the MEF (clauses 8.3.9.7 and 8.3.9.8). */
  private void requireOwnUri(CommandArguments arguments) {
    boolean isOwn =
        arguments instanceof CommandArguments.CertProv certificate
            ? CommandArguments.isAt(provider.mef(), certificate.uri())
            : !(arguments instanceof CommandArguments.DevCfg device)
                || CommandArguments.isAt(provider.mef(), device.uri());
    if (!isOwn) {
      throw new CommandRefusedException("uri", "name the MEF as its host, " + provider.mef());
    }
  }

  private static void makeRoom(CommandStore store, List<QueuedCommand> queue) {
    List<QueuedCommand> ended =
        queue.stream().filter(command -> !command.isOpenAt(store.now())).toList();
    if (queue.size() - ended.size() >= MOST_OPEN) {
      throw new CommandRefusedException(
          "command", "cancel one or wait, " + MOST_OPEN + " wait for the node already");
    }
    ended.stream()
        .limit(Math.max(0, queue.size() + 1 - MOST_KEPT))
        .forEach(store.commands()::remove);
  }

  private static CommandRefusedException notRegistered() {
    return new CommandRefusedException(
        "id", "wait until the node is registered at the MEF; its commands belong to that");
  }

  private static void record(
      CommandStore store,
      String actor,
      AuditAction action,
      EntityId client,
      QueuedCommand command) {
    String commandClass = command.description().commandClass().map(Enum::name).orElseThrow();
    store
        .audit()
        .record(
            actor,
            action,
            command.id(),
            Attributes.builder().put("client", client.value()).put("class", commandClass).build());
  }
}
