// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Vault;
import org.mooring.common.command.CertificateProtocol;
import org.mooring.common.command.CertificateSubject;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.ManagementProtocol;
import org.mooring.common.command.ObjectType;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/** A registered node's commands on a bench: a scripted MEF, a vault in memory, counted work. */
final class CommandBench {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration POLL = Duration.ofDays(1);
  static final Fqdn MEF = new Fqdn("mef.sp.example.org");

  final ScriptedMef mef = new ScriptedMef();
  final List<CommandReport> reports = new ArrayList<>();
  final List<String> renewed = new ArrayList<>();
  private CommandSettings settings = CommandSettings.DEFAULT.withPoll(POLL);
  private ManagedObjects objects = new OwnObjects();
  private Optional<RuntimeException> renewalFailure = Optional.empty();
  private NodeState stored;
  private int writesToLive = Integer.MAX_VALUE;

  private CommandBench(EnrolmentPath path) {
    stored = registered(path);
  }

  static CommandBench onPath(EnrolmentPath path) {
    return new CommandBench(path);
  }

  CommandBench with(CommandSettings other) {
    settings = other.withPoll(POLL);
    return this;
  }

  CommandBench withFactory(FactoryCredential credential) {
    stored = stored.toBuilder().factory(credential).build();
    return this;
  }

  CommandBench withObject(String path, ManagedObject object) {
    objects = (asked, node) -> asked.equals(path) ? Optional.of(object) : Optional.empty();
    return this;
  }

  CommandBench renewalsFailWith(RuntimeException failure) {
    renewalFailure = Optional.of(failure);
    return this;
  }

  CommandBench renewalsWork() {
    renewalFailure = Optional.empty();
    return this;
  }

  /** From the n-th write on, none reaches the disk. */
  void cutPowerAtWrite(int n) {
    writesToLive = n;
  }

  /** Starts on what the disk has, and lets the commands run to their end. */
  NodeState run() {
    return run(mef);
  }

  /** The same against another MEF, which answers at once. */
  NodeState run(Answerer other) {
    return run((Sender) request -> CompletableFuture.completedFuture(other.to(request)));
  }

  /** Answers each request the same way. */
  @FunctionalInterface
  interface Answerer {
    ResponsePrimitive to(RequestPrimitive request);
  }

  private NodeState run(Sender sender) {
    StateKeeper keeper = new StateKeeper(disk(), stored);
    CommandTimer timer =
        new CommandTimer(new ServerClock(() -> NOW, new Random(1)), POLL, new Random(1));
    ClientCommands commands =
        new ClientCommands(
            keeper, timer, settings, new ObjectCommands(objects, renewals()), reports::add);
    try {
      return commands.run(sender).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  NodeState stored() {
    return stored;
  }

  private Vault disk() {
    return new Vault() {
      @Override
      public Optional<NodeState> read() {
        return Optional.of(stored);
      }

      @Override
      public void write(NodeState state) {
        if (--writesToLive <= 0) {
          throw new PowerCut();
        }
        stored = state;
      }
    };
  }

  private KeyRenewals renewals() {
    return new KeyRenewals() {
      @Override
      public CompletionStage<Void> registerKeyAtMef() {
        return renewal("Ke");
      }

      @Override
      public CompletionStage<Void> registerAtMaf() {
        return renewal("mafClientReg");
      }

      @Override
      public CompletionStage<Void> registerKeyAtMaf() {
        return renewal("Kc");
      }
    };
  }

  private CompletionStage<Void> renewal(String what) {
    renewed.add(what);
    return renewalFailure
        .<CompletionStage<Void>>map(CompletableFuture::failedFuture)
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  static CommandArguments certificate() {
    return certificate("coaps://mef.sp.example.org/est", CertificateSubject.CSE, "/asn-1");
  }

  static CommandArguments certificate(String uri, CertificateSubject type, String subject) {
    return new CommandArguments.CertProv(CertificateProtocol.EST, URI.create(uri), type, subject);
  }

  static CommandArguments device(String uri) {
    return new CommandArguments.DevCfg(ManagementProtocol.LWM2M, URI.create(uri));
  }

  static CommandArguments device() {
    return device("coaps://mef.sp.example.org/dm");
  }

  static CommandArguments profile(String path, int suid) {
    return new CommandArguments.MoNode(
        path, ObjectType.AUTHENTICATION_PROFILE, Attributes.builder().put("suid", suid).build());
  }

  static CommandArguments object(String path, ObjectType type) {
    return new CommandArguments.MoNode(path, type, Attributes.NONE);
  }

  private static NodeState registered(EnrolmentPath path) {
    Lease lease = new Lease(NOW.plus(Duration.ofDays(300)), NOW.plus(Duration.ofDays(200)));
    return NodeState.factory(
            new BootstrapCredential(
                KeyIdentifier.parse("kpm@mef.sp.example.org"),
                SecretKeyBytes.random(),
                MEF,
                "127.0.0.1",
                5684))
        .toBuilder()
        .configuration(
            new ClientConfiguration(
                new NodeId("urn:uuid:1"),
                new CseId("/asn-1"),
                new CseId("//sp.example.org/id-in"),
                new Fqdn("id-in.sp.example.org"),
                List.of(),
                MEF,
                new Fqdn("maf.sp.example.org"),
                List.of(),
                path))
        .registration(Function.MEF, new Registration("reg", lease))
        .application("Capp", Attributes.builder().put("ri", "Capp").build())
        .build();
  }

  static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
