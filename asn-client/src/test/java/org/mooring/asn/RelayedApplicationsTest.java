// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.Rung;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.TrustResourceNames;

/** AE Subscription Association through the IN-CSE (seed 000), while the MAF does not answer. */
class RelayedApplicationsTest extends ApplicationLife {
  private static final String BASE = TrustResourceNames.baseOf(FakeProvider.REGISTRAR);

  private Node node;

  @BeforeEach
  void register() throws Exception {
    node = start(provider, new MemoryVault());
    registered(node);
  }

  private void silenceTheMaf() {
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return function.equals(FakeProvider.MAF)
                ? Optional.of(Stage.NO_ANSWER)
                : Optional.empty();
          }

          /** A session may stand still. */
          @Override
          public Loss loss(Fqdn function, RequestPrimitive request) {
            return function.equals(FakeProvider.MAF) ? Loss.REQUEST : Loss.NONE;
          }
        };
  }

  private List<String> relayed() {
    return provider.requestsSoFar().stream()
        .map(RequestPrimitive::to)
        .filter(to -> to.startsWith(BASE))
        .toList();
  }

  /** The fake registrar checks the proof by the binding of the session that it came in. */
  @Test
  void anInstanceIsAssociatedInASessionWithTheInCseThatIsMadeForIt() throws Exception {
    silenceTheMaf();

    HeldKey ka = installed(node, meter, C1).key().orElseThrow();

    HeldKey km = node.state().key(Rung.MAF).orElseThrow();
    assertThat(ka.parent()).isEqualTo(km.id());
    assertThat(ka.key()).isEqualTo(FakeApplications.key(km.key(), meter, "C1", ka.id()));
    assertThat(relayed()).containsExactly(BASE);
    String kc = FakeProvider.REGISTRAR + " " + node.state().key(Rung.ASSOCIATION).get().id();
    assertThat(provider.handshakesSoFar()).filteredOn(kc::equals).hasSize(2);
    assertThat(troubles).isEmpty();
    assertThat(node.state().failures(Rung.MAF)).isZero();
    assertThat(
            node.send(RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "1").build())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .status())
        .isEqualTo(ResponseStatusCode.OK);
  }

  @Test
  void anInstanceIsGivenUpThereToo() throws Exception {
    KeyIdentifier ka = installed(node, meter, C1).key().orElseThrow().id();
    silenceTheMaf();

    node.applications().remove(C1);

    await().until(() -> node.applications().all().isEmpty());
    assertThat(relayed()).containsExactly(BASE + "/" + ka.relative());
  }

  @Test
  void aRefusalThatIsRelayedIsTheInstances() throws Exception {
    provider.applications.refuse(Refusal.TOKEN_OF_ANOTHER_NODE);
    silenceTheMaf();

    assertThat(installed(node, meter, C1).setback().orElseThrow().reason())
        .contains(Refusal.TOKEN_OF_ANOTHER_NODE.remedy());
    assertThat(troubles).isEmpty();
  }

  @Test
  void aMafThatAnswersIsTheOneThatIsAsked() throws Exception {
    provider.applications.refuse(Refusal.APPLICATION_NOT_ACCEPTED);

    assertThat(installed(node, meter, C1).setback()).isPresent();

    assertThat(relayed()).isEmpty();
  }

  @Test
  void whereTheRegistrarRelaysNothingTheSilenceOfTheMafIsWhatIsTold() throws Exception {
    provider.relays = false;
    silenceTheMaf();

    var unused = node.applications().install(meter, C1);

    await().until(() -> !troubles.isEmpty());
    assertThat(troubles.get(0).waitingFor()).contains("associate-app");
    assertThat(troubles.get(0).reason()).contains(FakeProvider.MAF.value());
    await().until(() -> instance(node, C1).setback().isPresent());
    assertThat(instance(node, C1).setback().orElseThrow().reason())
        .doesNotContain(Refusal.MISSING_PARAMETER.remedy());
    assertThat(node.state().failures(Rung.ASSOCIATION)).isZero();
  }

  @Test
  void nothingIsGivenUpWhereTheRegistrarRelaysNothing() throws Exception {
    assertThat(installed(node, meter, C1).key()).isPresent();
    provider.relays = false;
    silenceTheMaf();

    node.applications().remove(C1);

    await().until(() -> !troubles.isEmpty());
    assertThat(troubles.get(0).reason()).contains(FakeProvider.MAF.value());
    assertThat(instance(node, C1).isLeaving()).isTrue();
  }
}
