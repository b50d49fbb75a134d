// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.command;

import java.time.Duration;
import java.util.Optional;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.identifier.TimedId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.resource.TrustResources;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.RegistrationChild;

/**
 * The MEF's side of MEF client commands (TS-0003 clauses 8.3.9.2 and 8.3.9.3): one at a time, in
 * the order of the queue, each issued until its client reports.
 *
 * @param <S> the transaction it works in
 */
public final class ClientCommands<S extends CommandStore> implements RegistrationChild<S> {
  private final Duration retryDuration;

  /**
   * @param retryDuration after which a client with no more commands asks again
   */
  public ClientCommands(Duration retryDuration) {
    this.retryDuration = retryDuration;
  }

  @Override
  public String segment() {
    return TrustResourceNames.COMMAND_SEGMENT;
  }

  @Override
  public ResourcePolicy policy() {
    return TrustResources.MEF_CLIENT_CMD;
  }

  /** Whether a command waits for the client; without one there is nothing to refer to. */
  @Override
  public boolean isReferenced(S store, ClientRegistration registration) {
    return store.commands().firstOpen(registration.id(), store.now()).isPresent();
  }

  /** MEF Client Command Retrieve (clause 8.3.9.2, steps 2 to 4). */
  @Override
  public Attributes retrieve(S store, SecurityPrincipal client, ClientRegistration registration) {
    return issueNext(store, client, registration).toAttributes();
  }

  /**
   * MEF Client Command Update (clause 8.3.9.3, steps 2 to 4): a report on anything but the command
   * issued last is discarded, and so is a second one; the answer is the next command in any case.
   *
   * @throws RefusedException INVALID_ATTRIBUTE for a status that no client reports
   */
  @Override
  public Attributes update(
      S store, SecurityPrincipal client, ClientRegistration registration, Attributes given) {
    CommandStatus outcome =
        CommandStatus.of(given.whole(TrustResourceNames.COMMAND_STATUS).orElseThrow())
            .filter(CommandStatus::isOfClient)
            .orElseThrow(
                () ->
                    Refusal.INVALID_ATTRIBUTE.of(
                        TrustResourceNames.COMMAND_STATUS + " (cmdStatusCode)"));
    String id = given.text(TrustResourceNames.COMMAND_ID).orElseThrow();
    store
        .commands()
        .lastIssued(registration.id())
        .filter(issued -> issued.id().equals(id) && issued.awaitsReport())
        .ifPresent(issued -> keepReport(store, client, issued, outcome));
    return issueNext(store, client, registration).toAttributes();
  }

  private void keepReport(
      S store, SecurityPrincipal client, QueuedCommand issued, CommandStatus outcome) {
    store.commands().update(issued.reported(outcome, store.now()));
    record(store, client, AuditAction.COMMAND_REPORTED, issued.id(), outcome);
  }

  private ClientCommand issueNext(
      S store, SecurityPrincipal client, ClientRegistration registration) {
    Optional<QueuedCommand> next = store.commands().firstOpen(registration.id(), store.now());
    if (next.isEmpty()) {
      return noMore(store, registration);
    }
    QueuedCommand issued = next.get().issued(store.now());
    store.commands().update(issued);
    record(store, client, AuditAction.COMMAND_ISSUED, issued.id(), issued.status());
    return issued.asIssued();
  }

  /** NO_MORE_COMMANDS has a cmdID as well, which nothing is kept of: nobody reports on it. */
  private ClientCommand noMore(S store, ClientRegistration registration) {
    return new ClientCommand(
        TimedId.at(store.now()),
        CommandDescription.of(
            new CommandArguments.NoMore(retryDuration), registration.client().value()),
        CommandStatus.ISSUED);
  }

  private void record(
      S store, SecurityPrincipal client, AuditAction action, String id, CommandStatus status) {
    store
        .audit()
        .record(
            client.credential().toString(),
            action,
            id,
            Attributes.builder()
                .put("client", client.client().value())
                .put("status", status.name())
                .build());
  }
}
