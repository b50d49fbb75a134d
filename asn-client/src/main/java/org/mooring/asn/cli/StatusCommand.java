// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mooring.asn.vault.BootstrapCertificate;
import org.mooring.asn.vault.BootstrapRawKey;
import org.mooring.asn.vault.CommandPhase;
import org.mooring.asn.vault.CommandProgress;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials.Member;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.IssuedCertificate;
import org.mooring.asn.vault.MefCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.PreProvisionedKey;
import org.mooring.asn.vault.PreProvisionedKeyPair;
import org.mooring.asn.vault.ProviderVault;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SealedBy;
import org.mooring.asn.vault.Trouble;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code status}: reads the vault, also while the node runs. */
@Command(name = "status", description = "Tells how far the node is, what it waits for and why.")
@SuppressWarnings("NullAway.Init")
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private VaultOptions vault;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (!vault.exists()) {
      throw new CommandFailedException(
          "vault: there is none in this folder; enrol or run makes one");
    }
    InstantSource clock = InstantSource.system();
    new Reporter(command.commandLine().getOut(), json, clock, clock.instant())
        .printAsList(vault.lacksItsKey() ? describeFromOutside() : describe(clock));
    return 0;
  }

  /** What can be told without the key. */
  private Attributes describeFromOutside() {
    FileVault file = FileVault.in(vault.directory());
    Attributes.Builder status = Attributes.builder().put("state", AttributeValue.Nothing.NOTHING);
    putProcess(status, file.isInUse());
    putSeal(status);
    putMca(status, file);
    return status
        .put(
            "remedy",
            vault.sealedBy() == SealedBy.TOKEN
                ? "give --pkcs11-library and --pkcs11-pin to see the rest"
                : "give --vault-key to see the rest")
        .build();
  }

  private Attributes describe(InstantSource clock) {
    FileVault file = vault.open();
    NodeState state =
        file.read()
            .orElseThrow(() -> new CommandFailedException("vault: empty; enrol or run fills it"));
    Optional<ClientConfiguration> configuration = state.configuration();
    Optional<Trouble> trouble = state.trouble();
    Attributes.Builder status =
        Attributes.builder().put("state", state.stage(state.serverTime(clock.instant())).name());
    putProcess(status, file.isInUse());
    status
        .put("nodeId", orNull(configuration.map(c -> c.nodeId().value())))
        .put("cseId", orNull(configuration.map(c -> c.cseId().value())))
        .put("path", orNull(configuration.map(c -> c.path().text())))
        .put("registrar", orNull(configuration.map(c -> c.registrar().value())))
        .put("waitingFor", orNull(trouble.map(Trouble::waitingFor)))
        .put("reason", orNull(trouble.map(Trouble::reason)))
        .put("nextTry", orNull(trouble.map(t -> t.nextTry().toString())))
        .put("movingTo", orNull(file.successor().read().map(s -> s.bootstrap().mef().value())))
        .put("leaving", orNull(leaving(file)));
    putSeal(status);
    putMca(status, file);
    status.put("credentials", credentials(state)).put("commands", commands(state.commands()));
    return status
        .put("keys", keys(state))
        .put("applications", List.copyOf(state.applications().keySet()))
        .put("installed", ApplicationDescription.of(state, state.serverTime(clock.instant())))
        .build();
  }

  /** A former state beside a successor means nothing, see {@link ProviderVault}. */
  private static Optional<String> leaving(FileVault file) {
    return file.successor().isFilled()
        ? Optional.empty()
        : file.former()
            .read()
            .flatMap(NodeState::configuration)
            .map(known -> known.registrar().value());
  }

  private void putProcess(Attributes.Builder status, boolean running) {
    if (json) {
      status.put("running", running);
    } else {
      status.put("process", running ? "running" : "not running");
    }
  }

  private void putSeal(Attributes.Builder status) {
    SealedBy seal = vault.sealedBy();
    status
        .put("vault", seal.backEnd())
        .put("sealedBy", seal.text())
        .put("protectionLevel", seal.protectionLevel());
  }

  /** A process that was killed leaves its port behind. */
  private static void putMca(Attributes.Builder status, FileVault file) {
    Optional<Long> port = file.isInUse() ? file.publishedPort("coap") : Optional.empty();
    status.put("mca", port.isPresent() ? "loopback, trusted-node mode" : "off");
    port.ifPresent(known -> status.put("mcaPort", known));
  }

  /** What the node goes to its MEF with, in its order, and what became of each. */
  private AttributeValue credentials(NodeState state) {
    List<AttributeValue> all = new ArrayList<>();
    for (Member member : state.factories().members()) {
      if (member.credential() instanceof MefCredential credential) {
        Attributes.Builder one =
            Attributes.builder()
                .put("method", credential.method().text())
                .put("id", credential.id().toString());
        boolean isInUse = credential.equals(state.factory());
        if (json) {
          one.put("inUse", isInUse);
        } else {
          one.put("inUse", isInUse ? "yes" : "no");
        }
        one.put("verdict", member.verdict().name().toLowerCase(Locale.ROOT));
        if (!member.reason().isEmpty()) {
          one.put("lastRefusal", member.reason());
        }
        all.add(new AttributeValue.Members(one.build()));
      }
    }
    return new AttributeValue.Items(all);
  }

  /** How far the node is with the MEF's commands; nothing where it never asked. */
  private static AttributeValue commands(CommandProgress progress) {
    if (!progress.hasBegun()) {
      return AttributeValue.Nothing.NOTHING;
    }
    Attributes.Builder members = Attributes.builder();
    CommandPhase phase = progress.phase();
    if (phase instanceof CommandPhase.Executing executing) {
      members
          .put("phase", "executing")
          .put("command", Reporter.printable(executing.command().id()));
    } else if (phase instanceof CommandPhase.Reporting reporting) {
      members.put("phase", "reporting").put("command", Reporter.printable(reporting.id()));
    } else {
      members.put("phase", "idle");
    }
    Optional<String> last =
        Optional.of(progress.lastReported()).filter(id -> !id.isEmpty()).map(Reporter::printable);
    return new AttributeValue.Members(
        members
            .put("lastReported", orNull(last))
            .put("nextVisit", progress.retrieveAt().toString())
            .build());
  }

  private static AttributeValue keys(NodeState state) {
    List<AttributeValue> keys = new ArrayList<>();
    if (state.cameWith(Rung.BOOTSTRAP)) {
      keys.add(
          new AttributeValue.Members(
              Attributes.builder()
                  .put("name", nameOf(state.factory()))
                  .put("id", state.factory().id().toString())
                  .build()));
    }
    state.certificates().current().ifPresent(one -> keys.add(described(state, one, "in use")));
    state
        .certificates()
        .next()
        .ifPresent(
            one -> keys.add(described(state, one, one.refused() ? "refused" : "not used yet")));
    key(state, Rung.ENROLMENT, "Ke").ifPresent(keys::add);
    key(state, Rung.MAF, nameOr(state, Rung.MAF, "Km")).ifPresent(keys::add);
    key(state, Rung.ASSOCIATION, nameOr(state, Rung.ASSOCIATION, "Kc")).ifPresent(keys::add);
    return new AttributeValue.Items(keys);
  }

  private static String nameOr(NodeState state, Rung rung, String made) {
    return state.cameWith(rung) ? nameOf(state.factory()) : made;
  }

  private static String nameOf(FactoryCredential factory) {
    if (factory instanceof PreProvisionedKeyPair pair) {
      return nameOf(pair.shown());
    }
    if (factory instanceof PreProvisionedKey given) {
      return given.rung() == Rung.MAF ? "Km" : "Kpsa";
    }
    if (factory instanceof BootstrapCertificate) {
      return "certificate";
    }
    if (factory instanceof BootstrapRawKey) {
      return "raw public key";
    }
    return factory instanceof UsimCredential ? "USIM" : "Kpm";
  }

  private static AttributeValue described(
      NodeState state, IssuedCertificate issued, String standing) {
    return new AttributeValue.Members(
        Attributes.builder()
            .put("name", "issued certificate")
            .put("id", issued.idAt(state.bootstrap().mef()).toString())
            .put("expires", issued.lease().expires().toString())
            .put("serial", issued.chain().get(0).getSerialNumber().toString(16))
            .put("standing", standing)
            .build());
  }

  private static Optional<AttributeValue> key(NodeState state, Rung rung, String name) {
    return state.key(rung).map(held -> described(held, name));
  }

  private static AttributeValue described(HeldKey held, String name) {
    return new AttributeValue.Members(
        Attributes.builder()
            .put("name", name)
            .put("id", held.id().toString())
            .put("expires", held.lease().expires().toString())
            .build());
  }

  private static AttributeValue orNull(Optional<String> text) {
    return text.map(AttributeValue::of).orElse(AttributeValue.Nothing.NOTHING);
  }
}
