// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.mooring.asn.LifeStep;
import org.mooring.asn.StepReport;
import org.mooring.asn.SubscriptionListener;
import org.mooring.asn.command.CommandReport;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Trouble;
import org.mooring.common.identifier.Fqdn;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the node until it is told to stop. */
@Command(
    name = "run",
    description = "Enrols, registers, stays registered, and serves Mca to this host's programs.")
@SuppressWarnings("NullAway.Init")
final class RunCommand implements Callable<Integer> {
  private static final long STOP_WITHIN_SECONDS = 5;

  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;
  @Mixin private FactoryOptions factory;
  @Mixin private NetworkOptions network;

  @Option(names = "--json", description = "Prints one JSON object per line.")
  private boolean json;

  @Option(
      names = "--on-demand",
      description =
          "A node that was never enrolled waits until somebody asks for it on Mca: an AE, or who"
              + " receives the network's triggers.")
  private boolean onDemand;

  @ArgGroup(exclusive = false, heading = "Programs on this host:%n")
  private McaOptions mca = new McaOptions();

  private static final class McaOptions {
    @Option(
        names = "--mca",
        paramLabel = "off|loopback",
        description = "Mca on plain CoAP at the loopback (trusted-node mode). Default: loopback.")
    private McaMode mode = McaMode.loopback;

    @Option(
        names = "--mca-port",
        paramLabel = "PORT",
        description = "Its UDP port, 0 for any free one. Default: 5693.")
    private int port = 5693;

    @Option(
        names = "--triggers",
        paramLabel = "on|off",
        description =
            "Whether a program on this host may have the node enrol with another provider."
                + " Default: on.")
    private Switch triggers = Switch.on;
  }

  /** Spelled as on the command line. */
  private enum McaMode {
    off,
    loopback
  }

  /** Spelled as on the command line. */
  private enum Switch {
    on,
    off
  }

  @Override
  public Integer call() throws InterruptedException {
    InstantSource clock = InstantSource.system();
    Reporter reporter =
        new Reporter(command.commandLine().getOut(), json, clock, ProcessStart.instant(clock));
    CompletableFuture<RunningNode> ready = new CompletableFuture<>();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    FileVault file = vault.open();
    try (RunningNode node =
        RunningNode.start(
            file,
            factory,
            network.timers(),
            network.backoff(),
            network.commands(),
            new OnceReady(reporter, ready),
            onDemand)) {
      reporter.opened(file.sealedBy());
      openMca(node, reporter);
      ready.complete(node);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped)));
      stop.await();
    } finally {
      stopped.countDown();
    }
    return 0;
  }

  private void openMca(RunningNode node, Reporter reporter) {
    if (mca.mode == McaMode.loopback) {
      try {
        reporter.listening(node.openMca(mca.port, mca.triggers == Switch.on, reporter));
      } catch (UncheckedIOException e) {
        throw new CommandFailedException(
            "--mca-port " + mca.port + ": in use; choose another, or 0 for any free one");
      }
    }
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      var unused = stopped.await(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Holds the news back until Mca is open, so that whoever reads them may use it at once. */
  private record OnceReady(Reporter reporter, CompletableFuture<RunningNode> ready)
      implements SubscriptionListener {
    private static final Set<LifeStep> REFRESHES = Set.of(LifeStep.REGISTER, LifeStep.PROLONG);

    @Override
    public void stepDone(StepReport report) {
      reporter.stepDone(report);
      if (REFRESHES.contains(report.step())) {
        var unused = ready.thenAccept(RunningNode::refreshed);
      }
    }

    @Override
    public void registered(NodeState state) {
      Instant reached = reporter.now();
      var unused = ready.thenRun(() -> reporter.registered(state, reached));
    }

    @Override
    public void commandReported(CommandReport report) {
      reporter.commandReported(report);
    }

    @Override
    public void applicationAnswered(AppInstance instance) {
      reporter.applicationAnswered(instance);
    }

    @Override
    public void failed(Trouble trouble) {
      reporter.failed(trouble);
    }

    @Override
    public void moving(Fqdn mef) {
      reporter.moving(mef);
    }

    @Override
    public void moved(NodeState present) {
      reporter.moved(present);
    }

    @Override
    public void left(String provider, boolean complete) {
      reporter.left(provider, complete);
    }
  }
}
