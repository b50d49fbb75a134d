// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.command.CommandQueue;
import org.mooring.in.command.CommandRefusedException;
import org.mooring.in.command.CommandStore;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.provider.ServiceProvider;

/** Carries out what an operator asks of an enrolee's commands. */
public final class CommandAdmin {
  private final ServiceProvider provider;
  private final CommandQueue queue;

  public CommandAdmin(ServiceProvider provider) {
    this.provider = provider;
    this.queue = new CommandQueue(provider);
  }

  Attributes add(CommandStore store, Enrolee node, CommandOrder order, String actor) {
    try {
      return CommandDocument.of(
          queue.add(store, clientOf(node), order.arguments(node), order.expires(), actor),
          store.now());
    } catch (CommandRefusedException e) {
      throw AdminException.refused(e);
    }
  }

  List<Attributes> list(CommandStore store, Enrolee node) {
    return queue.list(store, clientOf(node)).stream()
        .map(command -> CommandDocument.of(command, store.now()))
        .toList();
  }

  Attributes cancel(CommandStore store, Enrolee node, String command, String actor) {
    try {
      return queue
          .cancel(store, clientOf(node), command, actor)
          .map(cancelled -> CommandDocument.of(cancelled, store.now()))
          .orElseThrow(
              () ->
                  AdminException.notFound("command", "name one that 'enrolee command list' shows"));
    } catch (CommandRefusedException e) {
      throw AdminException.refused(e);
    }
  }

  private EntityId clientOf(Enrolee node) {
    return node.entity().absolute(provider.sp());
  }
}
