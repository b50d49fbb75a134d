// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.Duration;
import org.mooring.asn.Backoff;
import org.mooring.asn.command.CommandSettings;
import org.mooring.common.dtls.EndpointTimers;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How long the node waits. */
@SuppressWarnings("NullAway.Init")
final class NetworkOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--ack-timeout",
      paramLabel = "TIME",
      description = "First wait for the answer to a request, doubled twice. Default: 2s.")
  private Duration ackTimeout = EndpointTimers.DEFAULT.ackTimeout();

  @Option(
      names = "--dtls-timeout",
      paramLabel = "TIME",
      description = "First wait for a flight of the handshake, doubled twice. Default: 1s.")
  private Duration dtlsTimeout = EndpointTimers.DEFAULT.dtlsTimeout();

  @Option(
      names = "--backoff-first",
      paramLabel = "TIME",
      description = "Longest wait after a first failure. Default: 1s.")
  private Duration backoffFirst = Backoff.DEFAULT.first();

  @Option(
      names = "--backoff-max",
      paramLabel = "TIME",
      description = "Longest wait between two tries. Default: 5m.")
  private Duration backoffMost = Backoff.DEFAULT.most();

  @Option(
      names = "--mef-poll",
      paramLabel = "TIME",
      description =
          "Longest time between two visits to the MEF, which may have commands. Default: 1d.")
  private Duration mefPoll = CommandSettings.DEFAULT.poll();

  CommandSettings commands() {
    return CommandSettings.DEFAULT.withPoll(mefPoll);
  }

  EndpointTimers timers() {
    try {
      return new EndpointTimers(
          ackTimeout,
          EndpointTimers.DEFAULT.retries(),
          dtlsTimeout,
          EndpointTimers.DEFAULT.dtlsRetries());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }

  Backoff backoff() {
    try {
      return new Backoff(backoffFirst, backoffMost);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage());
    }
  }
}
