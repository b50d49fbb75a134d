// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mooring.asn.command.ManagedObject.AuthenticationProfile;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.command.CommandArguments.MoNode;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.command.ObjectType;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Failures;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.TrustResourceNames;

/** MO_NODE (TS-0003 clause 8.3.9.9). */
final class ObjectCommands implements CommandExecutor<MoNode> {
  private final ManagedObjects objects;
  private final KeyRenewals renewals;

  ObjectCommands(ManagedObjects objects, KeyRenewals renewals) {
    this.objects = objects;
    this.renewals = renewals;
  }

  @Override
  public boolean isSupported() {
    return true;
  }

  /** Clause 8.3.9.9.1, steps 4 and 5. */
  @Override
  public CompletionStage<CommandStatus> execute(MoNode arguments, NodeState node) {
    Optional<ManagedObject> found = objects.at(arguments.objectPath(), node);
    if (found.isEmpty()) {
      return completedFuture(CommandStatus.MO_NODE_NOT_FOUND);
    }
    if (!isOfType(found.get(), arguments.objectType())) {
      return completedFuture(CommandStatus.MO_NODE_TYPE_CONFLICT);
    }
    if (found.get() instanceof AuthenticationProfile profile) {
      return processProfile(profile, arguments, node);
    }
    if (found.get() instanceof ManagedObject.TrustAnchorCred anchor) {
      return completedFuture(processTrustAnchor(anchor, node));
    }
    return renewed(renewals::registerAtMaf);
  }

  /** Keys and registrations may be renewed twice. */
  @Override
  public CompletionStage<CommandStatus> executeAfterInterruption(MoNode arguments, NodeState node) {
    return execute(arguments, node);
  }

  private static boolean isOfType(ManagedObject object, ObjectType type) {
    return switch (type) {
      case AUTHENTICATION_PROFILE -> object instanceof AuthenticationProfile;
      case TRUST_ANCHOR_CRED -> object instanceof ManagedObject.TrustAnchorCred;
      case MAF_CLIENT_REG_CFG -> object instanceof ManagedObject.MafClientRegCfg;
    };
  }

  /** Clause 8.3.9.9.2. */
  private CompletionStage<CommandStatus> processProfile(
      AuthenticationProfile profile, MoNode arguments, NodeState node) {
    OptionalLong suid = arguments.specific().whole(TrustResourceNames.USAGE);
    if (suid.isEmpty()) {
      return completedFuture(CommandStatus.MO_NODE_BAD_ARGS);
    }
    if (suid.getAsLong() != profile.suid()) {
      return completedFuture(CommandStatus.MO_NODE_UNACCEPTABLE_ARGS);
    }
    if (!ProfileConsistency.holds(profile)) {
      return completedFuture(CommandStatus.MO_NODE_INCONSISTENT_CONFIG);
    }
    return switch (ProfileConsistency.originOf(profile)) {
      case ProfileConsistency.PRE_PROVISIONED ->
          completedFuture(okIf(cameWithKey(node, profile.symmKeyId())));
      case ProfileConsistency.CERTIFICATE ->
          completedFuture(okIf(KnownCertificates.owns(node, profile.certificate())));
      default -> establishKey(profile, node);
    };
  }

  private static boolean cameWithKey(NodeState node, String id) {
    return node.factories().ids().stream().anyMatch(own -> own.toString().equals(id));
  }

  /** Clauses 8.3.9.9.4 and 8.3.9.9.5, for the keys that this node has on its path. */
  private CompletionStage<CommandStatus> establishKey(
      AuthenticationProfile profile, NodeState node) {
    boolean hasMaf = node.isOnPath(EnrolmentPath.MAF);
    Optional<KeyUsage> usage = KeyUsage.of(profile.suid());
    boolean isOfMef =
        usage
            .filter(
                wanted ->
                    wanted
                        == (hasMaf
                            ? KeyUsage.PROVISIONED_FOR_MAF
                            : KeyUsage.PROVISIONED_FOR_ASSOCIATION))
            .isPresent();
    if (isOfMef) {
      return renewed(renewals::registerKeyAtMef);
    }
    boolean isOfMaf =
        hasMaf && usage.filter(KeyUsage.DISTRIBUTED_FOR_ASSOCIATION::equals).isPresent();
    return isOfMaf
        ? renewed(renewals::registerKeyAtMaf)
        : completedFuture(CommandStatus.MO_NODE_PROCESSING_FAILED);
  }

  /** Clause 8.3.9.9.7; a certificate that is not here is not fetched: the node speaks no HTTPS. */
  private static CommandStatus processTrustAnchor(
      ManagedObject.TrustAnchorCred anchor, NodeState node) {
    return okIf(KnownCertificates.trusts(node, anchor.fingerprint()));
  }

  private static CommandStatus okIf(boolean done) {
    return done ? CommandStatus.OK : CommandStatus.MO_NODE_PROCESSING_FAILED;
  }

  private static CompletionStage<CommandStatus> renewed(Supplier<CompletionStage<Void>> procedure) {
    return begun(procedure)
        .handle(
            (nothing, failure) -> {
              if (failure != null
                  && Failures.causeOf(failure) instanceof CancellationException stopped) {
                throw stopped;
              }
              return okIf(failure == null);
            });
  }

  private static CompletionStage<Void> begun(Supplier<CompletionStage<Void>> procedure) {
    try {
      return procedure.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
