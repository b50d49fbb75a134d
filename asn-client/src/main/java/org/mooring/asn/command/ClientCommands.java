// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.vault.CommandPhase;
import org.mooring.asn.vault.CommandProgress;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandClass;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.TrustResourceNames;

/**
 * The client's side of MEF client commands (TS-0003 clauses 8.3.9.2 and 8.3.9.3).
 *
 * <p>A command is in the vault before its execution begins, its outcome before it is reported, and
 * that it was reported before the next one is looked at. So wherever the node is cut short, it
 * knows whether to ask, to look at an execution that was cut short, or to report once more. There
 * is no Retrieve while a command is under way.
 */
public final class ClientCommands {
  /** A MEF that has more gets the rest of its commands done after what else is due. */
  private static final int MOST_AT_ONCE = 20;

  private final StateKeeper keeper;
  private final CommandTimer timer;
  private final CertificateCommands certificates;
  private final DeviceCommands devices;
  private final ObjectCommands objects;
  private final Consumer<CommandReport> onReported;

  /**
   * @param onReported told of each command whose report the MEF has answered
   */
  public ClientCommands(
      StateKeeper keeper,
      CommandTimer timer,
      CommandSettings settings,
      KeyRenewals renewals,
      Consumer<CommandReport> onReported) {
    this(keeper, timer, settings, new ObjectCommands(new OwnObjects(), renewals), onReported);
  }

  ClientCommands(
      StateKeeper keeper,
      CommandTimer timer,
      CommandSettings settings,
      ObjectCommands objects,
      Consumer<CommandReport> onReported) {
    this.keeper = keeper;
    this.timer = timer;
    this.certificates = new CertificateCommands(settings.certificates());
    this.devices = new DeviceCommands(settings.devices());
    this.objects = objects;
    this.onReported = onReported;
  }

  /**
   * Goes on where the node was, until the MEF has no more commands.
   *
   * <p>Fails with {@link BadAnswerException} where an answer can not be parsed, and as {@link
   * Sender#require} does.
   *
   * @param mef a session with the MEF that the node is registered with
   */
  public CompletionStage<NodeState> run(Sender mef) {
    CommandPhase phase = keeper.state().commands().phase();
    if (phase instanceof CommandPhase.Executing interrupted) {
      return resumed(mef, interrupted.command(), MOST_AT_ONCE);
    }
    if (phase instanceof CommandPhase.Reporting reporting) {
      return report(mef, reporting, MOST_AT_ONCE);
    }
    return mef.require(request(Operation.RETRIEVE).build())
        .thenCompose(answer -> received(mef, answer, MOST_AT_ONCE));
  }

  /** MEF Client Command Retrieve, step 5. */
  private CompletionStage<NodeState> received(Sender mef, ResponsePrimitive answer, int left) {
    ClientCommand command =
        answer
            .content()
            .filter(content -> content.root().equals(TrustResourceNames.MEF_CLIENT_CMD.root()))
            .map(Representation::attributes)
            .flatMap(ClientCommand::from)
            .orElseThrow(() -> new BadAnswerException("no usable <mefClientCmd>"));
    if (command.id().equals(keeper.state().commands().lastReported())) {
      return ended(mef, command, CommandStatus.REPEATED_CMD_ID, left);
    }
    Optional<CommandClass> commandClass = command.description().commandClass();
    if (commandClass.filter(this::isSupported).isEmpty()) {
      return ended(mef, command, CommandStatus.CLASS_NOT_SUPPORTED, left);
    }
    Optional<CommandArguments> arguments =
        CommandArguments.parse(commandClass.get(), command.description().arguments());
    if (arguments.isEmpty()) {
      return ended(mef, command, CommandStatus.BAD_ARGUMENTS, left);
    }
    if (arguments.get() instanceof CommandArguments.NoMore none) {
      return CompletableFuture.completedFuture(
          keeper.update(
              state ->
                  state.toBuilder()
                      .commands(timer.afterLast(state, none.retryDuration()))
                      .build()));
    }
    NodeState node = keepPhase(new CommandPhase.Executing(command));
    return execute(arguments.get(), node)
        .thenCompose(outcome -> ended(mef, command, outcome, left));
  }

  private boolean isSupported(CommandClass commandClass) {
    return switch (commandClass) {
      case NO_MORE_COMMANDS -> true;
      case CERT_PROV -> certificates.isSupported();
      case DEV_CFG -> devices.isSupported();
      case MO_NODE -> objects.isSupported();
    };
  }

  private CompletionStage<CommandStatus> execute(CommandArguments arguments, NodeState node) {
    if (arguments instanceof CommandArguments.CertProv certificate) {
      return certificates.execute(certificate, node);
    }
    if (arguments instanceof CommandArguments.DevCfg device) {
      return devices.execute(device, node);
    }
    return objects.execute((CommandArguments.MoNode) arguments, node);
  }

  /** A command that was being executed when the node was cut short. */
  private CompletionStage<NodeState> resumed(Sender mef, ClientCommand command, int left) {
    CommandArguments arguments =
        command
            .description()
            .commandClass()
            .flatMap(known -> CommandArguments.parse(known, command.description().arguments()))
            .orElseThrow();
    return executeAfterInterruption(arguments, keeper.state())
        .thenCompose(outcome -> ended(mef, command, outcome, left));
  }

  private CompletionStage<CommandStatus> executeAfterInterruption(
      CommandArguments arguments, NodeState node) {
    if (arguments instanceof CommandArguments.CertProv certificate) {
      return certificates.executeAfterInterruption(certificate, node);
    }
    if (arguments instanceof CommandArguments.DevCfg device) {
      return devices.executeAfterInterruption(device, node);
    }
    return objects.executeAfterInterruption((CommandArguments.MoNode) arguments, node);
  }

  private CompletionStage<NodeState> ended(
      Sender mef, ClientCommand command, CommandStatus outcome, int left) {
    CommandPhase.Reporting reporting =
        new CommandPhase.Reporting(command.id(), command.description().classId(), outcome);
    keepPhase(reporting);
    return report(mef, reporting, left);
  }

  /** MEF Client Command Update; its answer is the next command. */
  private CompletionStage<NodeState> report(
      Sender mef, CommandPhase.Reporting reporting, int left) {
    Attributes report =
        Attributes.builder()
            .put(TrustResourceNames.COMMAND_ID, reporting.id())
            .put(TrustResourceNames.COMMAND_STATUS, reporting.outcome().code())
            .build();
    RequestPrimitive update =
        request(Operation.UPDATE)
            .content(Representation.of(TrustResourceNames.MEF_CLIENT_CMD.root(), report))
            .build();
    return mef.require(update)
        .thenCompose(
            answer -> {
              NodeState state = keep(commands -> commands.reported(reporting.id()));
              onReported.accept(reportOf(reporting));
              return left > 1
                  ? received(mef, answer, left - 1)
                  : CompletableFuture.completedFuture(state);
            });
  }

  private static CommandReport reportOf(CommandPhase.Reporting reporting) {
    String commandClass =
        CommandClass.of(reporting.classId())
            .map(Enum::name)
            .orElseGet(() -> Long.toString(reporting.classId()));
    return new CommandReport(reporting.id(), commandClass, reporting.outcome());
  }

  private RequestPrimitive.Builder request(Operation operation) {
    NodeState state = keeper.state();
    String registration = state.registration(Function.MEF).orElseThrow().resourceId();
    return RequestPrimitive.builder(
        operation,
        TrustResourceNames.commandsOf(state.bootstrap().mef(), registration),
        RequestIds.random());
  }

  private NodeState keepPhase(CommandPhase phase) {
    return keep(commands -> commands.inPhase(phase));
  }

  private NodeState keep(UnaryOperator<CommandProgress> change) {
    return keeper.update(
        state -> state.toBuilder().commands(change.apply(state.commands())).build());
  }
}
