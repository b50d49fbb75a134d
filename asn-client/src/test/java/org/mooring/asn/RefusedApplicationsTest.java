// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;

/** Instances that the MAF does not associate, or that it is not asked about. */
class RefusedApplicationsTest extends ApplicationLife {
  @Test
  void aRefusedInstanceIsTheInstancesTroubleAloneAndIsAskedForAgainLater() throws Exception {
    provider.applications.refuse(Refusal.TOO_MANY_INSTANCES);
    Node node = start(provider, new MemoryVault());
    registered(node);

    AppInstance refused = installed(node, meter, C1);

    AppSetback why = refused.setback().orElseThrow();
    assertThat(why.reason())
        .contains(Refusal.TOO_MANY_INSTANCES.remedy())
        .doesNotContain(meter.secret().toString());
    assertThat(why.nextTry())
        .isBetween(
            FakeProvider.NOW.plus(Duration.ofSeconds(30)),
            FakeProvider.NOW.plus(Duration.ofMinutes(1)));
    assertThat(node.state().stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
    assertThat(troubles).isEmpty();

    provider.applications.refuse(null);
    clock = InstantSource.fixed(why.nextTry());
    node.goOn();

    await().until(() -> instance(node, C1).key().isPresent());
    assertThat(instance(node, C1).setback()).isEmpty();
  }

  @Test
  void whoeverInstallsARefusedInstanceAgainHasItAskedForAtOnce() throws Exception {
    provider.applications.refuse(Refusal.APPLICATION_NOT_ACCEPTED);
    Node node = start(provider, new MemoryVault());
    registered(node);
    assertThat(installed(node, meter, C1).setback()).isPresent();

    provider.applications.refuse(null);

    assertIsAssociated(node, installed(node, meter, C1), meter);
  }

  /** The registry would say so, and need not be asked. */
  @Test
  void aTokenThatHasNotBegunOrHasEndedIsNotShownToTheMaf() throws Exception {
    ApplicationToken later =
        provider.applications.issue(
            "Nlater", FakeProvider.NOW.plusSeconds(60), FakeProvider.NOW.plusSeconds(120));
    NodeState fresh = withInstance(NodeState.factory(BOOTSTRAP), C1, later);
    Node node = start(provider, new MemoryVault(), fresh);
    registered(node);
    assertThat(hindrance(node)).contains("its token begins at 2026-03-01T12:01:00Z");

    clock = InstantSource.fixed(FakeProvider.NOW.plusSeconds(120));
    node.goOn();
    assertThat(hindrance(node)).contains("its token has ended; add another one");
    assertThat(associations()).isZero();

    clock = InstantSource.fixed(FakeProvider.NOW.plusSeconds(60));
    node.goOn();
    await().until(() -> instance(node, C1).key().isPresent());
  }

  private Optional<String> hindrance(Node node) {
    return ApplicationPlan.hindrance(node.state(), instance(node, C1), clock.instant());
  }

  @Test
  void aNodeWithoutAKmSaysSoAndAsksForNothing() throws Exception {
    FakeProvider direct = provider(EnrolmentPath.DIRECT);
    NodeState fresh = withInstance(NodeState.factory(BOOTSTRAP), C1, meter);

    Node node = start(direct, new MemoryVault(), fresh);
    registered(node);

    assertThat(hindrance(node).orElseThrow()).contains("enrol it on path maf");
    assertThat(direct.handshakesSoFar()).hasSize(2);
  }

  @Test
  void aMafThatIsSilentIsLeftAloneForAWhileAndHoldsNothingUp() throws Exception {
    provider.relays = false;
    Node node = start(provider, new MemoryVault());
    registered(node);
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return function.equals(FakeProvider.MAF)
                ? Optional.of(Stage.NO_ANSWER)
                : Optional.empty();
          }
        };

    var unused = node.applications().install(meter, C1);

    await().until(() -> instance(node, C1).setback().isPresent());
    assertThat(troubles).hasSize(3);
    assertThat(node.state().failures(Rung.MAF)).isZero();
    ResponsePrimitive answer =
        node.send(RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "1").build())
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
  }

  @Test
  void anAnswerAboutAnotherInstanceIsNotTaken() throws Exception {
    provider.mischief =
        new Mischief() {
          @Override
          public ResponsePrimitive answer(RequestPrimitive request, ResponsePrimitive answer) {
            return isAssociation(request) ? of("C9", answer) : answer;
          }
        };
    Node node = start(provider, new MemoryVault());
    registered(node);

    AppInstance instance = installed(node, meter, C1);

    assertThat(instance.key()).isEmpty();
    assertThat(instance.setback().orElseThrow().reason()).contains("another instance");
  }

  private static ResponsePrimitive of(String instance, ResponsePrimitive answer) {
    var content = answer.content().orElseThrow();
    Attributes changed = content.attributes().toBuilder().put("apin", instance).build();
    return ResponsePrimitive.of(
        answer.status(), answer.requestId(), Representation.of(content.root(), changed));
  }

  /** A token whose end the node's clock reached is the only other way to one. */
  @Test
  void aKeyThatHasEndedIsNotTakenAndNotAskedForAtOnce() throws Exception {
    provider.mischief =
        new Mischief() {
          @Override
          public ResponsePrimitive answer(RequestPrimitive request, ResponsePrimitive answer) {
            return isAssociation(request) ? ended(answer) : answer;
          }
        };
    Node node = start(provider, new MemoryVault());
    registered(node);

    AppInstance instance = installed(node, meter, C1);

    assertThat(instance.key()).isEmpty();
    assertThat(instance.setback().orElseThrow().reason()).contains("a Ka that has ended");
    assertThat(associations()).isEqualTo(1);
  }

  private static ResponsePrimitive ended(ResponsePrimitive answer) {
    var content = answer.content().orElseThrow();
    Attributes changed = content.attributes().toBuilder().put("et", FakeProvider.NOW).build();
    return ResponsePrimitive.of(
        answer.status(), answer.requestId(), Representation.of(content.root(), changed));
  }

  @Test
  void anIdThatIsNoStemOfTheNodesCseIsNotInstalled() {
    Node node = start(provider, new MemoryVault());

    for (String id : List.of("C", "S1", "meter")) {
      assertThatThrownBy(() -> node.applications().install(meter, new AppInstanceId(id)))
          .isInstanceOf(IdentifierSyntaxException.class);
    }
  }
}
