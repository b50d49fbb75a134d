// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandArguments.CertProv;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.resource.ClientConfiguration;

/** CERT_PROV (TS-0003 clause 8.3.9.7). */
final class CertificateCommands implements CommandExecutor<CertProv> {
  private static final ServerProcedure PROVISIONING =
      new ServerProcedure(
          CommandStatus.CERT_PROV_SERVER_ERROR, CommandStatus.CERT_PROV_CLIENT_ERROR);

  private final CertificateProvisioner provisioner;

  CertificateCommands(CertificateProvisioner provisioner) {
    this.provisioner = provisioner;
  }

  @Override
  public boolean isSupported() {
    return !provisioner.protocols().isEmpty();
  }

  @Override
  public CompletionStage<CommandStatus> execute(CertProv arguments, NodeState node) {
    boolean isAcceptable =
        provisioner.protocols().contains(arguments.protocol())
            && CommandArguments.isAt(node.bootstrap().mef(), arguments.uri())
            && isOwnSubject(arguments, node);
    return isAcceptable
        ? PROVISIONING.run(() -> provisioner.provision(arguments))
        : CompletableFuture.completedFuture(CommandStatus.UNACCEPTABLE_ARGUMENTS);
  }

  /** A second certificate does no harm, a missing one does. */
  @Override
  public CompletionStage<CommandStatus> executeAfterInterruption(
      CertProv arguments, NodeState node) {
    return execute(arguments, node);
  }

  /** The clause swaps CSE-ID and AE-ID; the enumeration is followed (clause 12.3.2.6). */
  private static boolean isOwnSubject(CertProv arguments, NodeState node) {
    ClientConfiguration own = node.configuration().orElseThrow();
    String subject = arguments.subject();
    return switch (arguments.subjectType()) {
      case NODE -> subject.equals(own.nodeId().value());
      case CSE ->
          CseId.isValid(subject)
              && new CseId(subject).spRelative().equals(own.cseId().spRelative());
      case AE -> AeId.isValid(subject) && node.applications().containsKey(new AeId(subject).stem());
    };
  }
}
