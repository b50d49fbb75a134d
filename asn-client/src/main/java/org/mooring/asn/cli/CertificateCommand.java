// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done with the node's certificates. */
@Command(
    name = "certificate",
    description = "The node's certificates from the MEF.",
    subcommands = CertificateRenewCommand.class)
@SuppressWarnings("NullAway.Init")
final class CertificateCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "certificate: write what to do, renew");
  }
}
