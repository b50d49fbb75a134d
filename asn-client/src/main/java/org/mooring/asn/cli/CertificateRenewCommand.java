// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.CertificateErrand;
import org.mooring.asn.StepReport;
import org.mooring.asn.enrolment.CertificateSubjectType;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.dtls.DtlsEndpointFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code certificate renew}: a certificate for a key that the node makes itself. */
@Command(
    name = "renew",
    description = {
      "Makes a key pair and has the MEF certify it, over EST; the node uses that from then on.",
      "The first time it authenticates with what it came with, then with its newest certificate.",
      "A running node renews by itself; this is for one that has bootstrapped and does not run."
    })
@SuppressWarnings("NullAway.Init")
final class CertificateRenewCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;
  @Mixin private NetworkOptions network;

  @Option(
      names = "--name",
      paramLabel = "cse-id|node-id",
      description =
          "By which of its names the node is certified. Default: as before, at first cse-id.")
  private @Nullable String name;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Gives up after this time. Default: 1m.")
  private Duration timeout = Duration.ofMinutes(1);

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    FileVault file = vault.open();
    try (FileVault.Lock lock = file.lock()) {
      NodeState state =
          file.read()
              .filter(kept -> kept.configuration().isPresent())
              .filter(kept -> kept.factory() instanceof MefCredential)
              .orElseThrow(
                  () ->
                      new CommandFailedException(
                          "certificate: the node has not bootstrapped at a MEF yet; enrol does"));
      StepReport report = renewed(new StateKeeper(file, state), named(state));
      InstantSource clock = InstantSource.system();
      new Reporter(command.commandLine().getOut(), json, clock, clock.instant()).stepDone(report);
    }
    return 0;
  }

  private CertificateName named(NodeState state) {
    if (name == null) {
      return state
          .certificates()
          .newest()
          .map(IssuedCertificate::name)
          .orElseGet(
              () -> CertificateSubjectType.CSE_ID.nameIn(state.configuration().orElseThrow()));
    }
    CertificateSubjectType type =
        switch (name) {
          case "cse-id" -> CertificateSubjectType.CSE_ID;
          case "node-id" -> CertificateSubjectType.NODE_ID;
          default ->
              throw UsageErrors.of(
                  command, "--name", new IllegalArgumentException("write cse-id or node-id"));
        };
    return type.nameIn(state.configuration().orElseThrow());
  }

  private StepReport renewed(StateKeeper keeper, CertificateName wanted)
      throws InterruptedException {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (DtlsEndpointFactory endpoints = DtlsEndpointFactory.create(network.timers());
        CertificateErrand errand =
            new CertificateErrand(endpoints, keeper, InstantSource.system(), executor)) {
      return errand
          .run(wanted)
          .toCompletableFuture()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new CommandFailedException("certificate: too slow; the next try asks for the same key");
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new CommandFailedException("certificate: " + cause.getMessage());
    } finally {
      executor.shutdownNow();
    }
  }
}
