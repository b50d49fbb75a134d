// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.command.CommandReport;
import org.mooring.asn.vault.CommandPhase;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.command.ObjectType;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;

/** A node whose MEF has commands for it. */
class CommandedNodeTest extends NodeLife {
  private static final CommandDescription UNKNOWN =
      new CommandDescription(9, Attributes.NONE, "/asn-1");

  private static CommandArguments profile(String path, int suid) {
    return new CommandArguments.MoNode(
        path, ObjectType.AUTHENTICATION_PROFILE, Attributes.builder().put("suid", suid).build());
  }

  private void awaitReports(CommandStatus... outcomes) {
    await()
        .untilAsserted(
            () ->
                assertThat(commandReports)
                    .extracting(CommandReport::outcome)
                    .containsExactly(outcomes));
  }

  @Test
  void aReferenceInTheRegistrationHasItComeOnceItIsRegistered() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    provider.commands.add(UNKNOWN);
    registered(start(provider, new MemoryVault()));

    awaitReports(CommandStatus.CLASS_NOT_SUPPORTED);

    await().until(() -> stepIds().contains("commands"));
    assertThat(stepIds())
        .containsExactly("bootstrap", "authenticate", "associate", "register-cse", "commands");
    assertThat(provider.commands.log())
        .containsExactly("RETRIEVE", "ISSUED 1", "1 CLASS_NOT_SUPPORTED");
  }

  @Test
  void withoutAReferenceItComesWhenItsPollIsDue() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);
    MemoryVault vault = new MemoryVault();
    Node node = start(provider, vault);
    registered(node);
    provider.commands.add(UNKNOWN);
    assertThat(node.state().commands().retrieveAt())
        .isBetween(
            FakeProvider.NOW.plus(Duration.ofHours(19)), FakeProvider.NOW.plus(Duration.ofDays(1)));
    assertThat(provider.commands.log()).isEmpty();
    node.close();
    clock = InstantSource.fixed(FakeProvider.NOW.plus(Duration.ofDays(1)));

    start(provider, vault);

    awaitReports(CommandStatus.CLASS_NOT_SUPPORTED);
  }

  @Test
  void aNewKcIsMadeAndUsedOnCommand() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    registered(node);
    KeyIdentifier before = node.state().key(Rung.ASSOCIATION).orElseThrow().id();
    node.close();
    provider.commands.add(profile("registration/authenticationProfile", 32));
    steps.clear();

    Node again = startAt(provider, node.state(), Duration.ofDays(1));

    awaitReports(CommandStatus.OK);
    await()
        .until(
            () -> linkIdentity(provider).filter(id -> !id.contains(before.toString())).isPresent());
    assertThat(again.state().key(Rung.ASSOCIATION).orElseThrow().id()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(EnrolmentPath.class)
  void aNewKeIsMadeOnCommandAndAllAboveItFollows(EnrolmentPath path) throws Exception {
    boolean hasMaf = path == EnrolmentPath.MAF;
    FakeProvider provider = provider(path);
    provider.commands.add(
        hasMaf
            ? profile("MAFClientRegCfg/authenticationProfile", 21)
            : profile("registration/authenticationProfile", 22));
    Node node = start(provider, new MemoryVault());
    KeyIdentifier before = registered(node).key(Rung.ENROLMENT).orElseThrow().id();

    awaitReports(CommandStatus.OK);

    KeyIdentifier after = node.state().key(Rung.ENROLMENT).orElseThrow().id();
    assertThat(after).isNotEqualTo(before);
    await()
        .until(
            () ->
                linkIdentity(provider)
                    .filter(
                        id ->
                            hasMaf
                                ? parents(node.state()).contains(after)
                                : id.contains(after.toString()))
                    .isPresent());
  }

  @Test
  void aMafThatAnswersNotIsToldAndBreaksNothing() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    registered(node);
    node.close();
    provider.commands.add(
        new CommandArguments.MoNode(
            "MAFClientRegCfg", ObjectType.MAF_CLIENT_REG_CFG, Attributes.NONE));
    provider.mischief = failing(FakeProvider.MAF, Stage.NO_ANSWER);

    Node again = startAt(provider, node.state(), Duration.ofDays(1));

    awaitReports(CommandStatus.MO_NODE_PROCESSING_FAILED);
    registered(again);
    assertThat(troubles).isEmpty();
  }

  @Test
  void aMefThatRefusesTheNodeIsLeftAloneUntilTheNextVisit() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    registered(node);
    node.close();
    provider.mischief = failing(FakeProvider.MEF, Stage.LAST_FLIGHT);
    provider.handshakes.clear();

    Node again = startAt(provider, node.state(), Duration.ofDays(1));

    await().until(() -> troubles.size() == 1);
    assertThat(again.state().commands().retrieveAt())
        .isAfter(FakeProvider.NOW.plus(Duration.ofDays(1)).plus(Duration.ofHours(18)));
    assertThat(again.state().commands().phase()).isEqualTo(CommandPhase.IDLE);
    registered(again);
    assertThat(provider.handshakes.stream().filter(h -> h.startsWith(FakeProvider.MEF.value())))
        .hasSize(1);
  }

  @Test
  void aMefThatIsAwayIsTriedThreeTimes() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    registered(node);
    node.close();
    provider.mischief = failing(FakeProvider.MEF, Stage.NO_ANSWER);

    Node again = startAt(provider, node.state(), Duration.ofDays(1));

    await().until(() -> troubles.size() == 3);
    assertThat(again.state().commands().retrieveAt())
        .isAfter(FakeProvider.NOW.plus(Duration.ofDays(1)).plus(Duration.ofHours(18)));
  }

  private Node startAt(FakeProvider provider, NodeState state, Duration later) {
    clock = InstantSource.fixed(FakeProvider.NOW.plus(later));
    MemoryVault vault = new MemoryVault();
    vault.write(state);
    return start(provider, vault);
  }

  /** The last handshake with the registrar. */
  private static Optional<String> linkIdentity(FakeProvider provider) {
    List<String> seen = List.copyOf(provider.handshakes);
    return seen.stream()
        .filter(handshake -> handshake.startsWith(FakeProvider.REGISTRAR.value()))
        .reduce((first, second) -> second);
  }

  private static List<KeyIdentifier> parents(NodeState state) {
    return Stream.of(Rung.MAF)
        .flatMap(rung -> state.key(rung).stream())
        .map(key -> key.parent())
        .toList();
  }

  private static Mischief failing(Fqdn function, Stage stage) {
    return new Mischief() {
      @Override
      public Optional<Stage> handshake(Fqdn toward, KeyIdentifier identity) {
        return toward.equals(function) ? Optional.of(stage) : Optional.empty();
      }
    };
  }
}
