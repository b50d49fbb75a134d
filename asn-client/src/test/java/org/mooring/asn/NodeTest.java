// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.Trouble;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.EnrolmentPath;

/** A node that walks undisturbed, and what it does while it lives. */
class NodeTest extends NodeLife {
  @Test
  void theMafPathTakesThreeHandshakesAndFiveRequests() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);

    NodeState state = registered(start(provider, new MemoryVault()));

    assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
    assertThat(provider.handshakes).hasSize(3);
    assertThat(provider.requests)
        .extracting(RequestPrimitive::to)
        .containsExactly(
            "//mef.sp.example.org/-",
            "//mef.sp.example.org/-",
            "//maf.sp.example.org/-",
            "//maf.sp.example.org/-",
            "/id-in/-");
    assertThat(stepIds()).containsExactly("bootstrap", "authenticate", "associate", "register-cse");
    assertThat(steps).extracting(s -> s.traffic().handshakes()).containsExactly(1L, 1L, 0L, 1L);
    assertThat(provider.knows(FakeProvider.MAF, state.key(Rung.MAF).orElseThrow().id())).isTrue();
  }

  @Test
  void theDirectPathTakesTwoHandshakesAndThreeRequests() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);

    NodeState state = registered(start(provider, new MemoryVault()));

    assertThat(provider.handshakes).hasSize(2);
    assertThat(provider.requests).hasSize(3);
    assertThat(stepIds()).containsExactly("bootstrap", "register-cse");
    assertThat(state.key(Rung.ASSOCIATION)).isEmpty();
  }

  @Test
  void theRemoteCseCarriesWhatTheRegistrarNeeds() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.DIRECT);
    registered(start(provider, new MemoryVault()));

    RequestPrimitive request = provider.requests.get(2);
    assertThat(request.from()).contains("/asn-0123456789ab");
    Attributes csr = request.content().orElseThrow().attributes();
    assertThat(csr.text("rn")).contains("asn-0123456789ab");
    assertThat(csr.text("cb")).contains("/asn-0123456789ab/cse-asn");
    assertThat(csr.texts("srv")).containsExactly("2a", "3");
    assertThat(csr.flag("rr")).contains(false);
  }

  @Test
  void aRemoteCseThatStandsIsAdopted() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    NodeState before = registered(first);
    first.close();
    vault.write(before.toBuilder().withoutRegistration(Function.CSE).build());

    NodeState state = registered(start(provider, vault));

    assertThat(state.registration(Function.CSE).orElseThrow().resourceId()).isEqualTo("csr1");
  }

  @Test
  void aRemoteCseThatVanishedIsMadeAnew() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    registered(first);
    first.close();
    provider.dropRemoteCse();

    registered(start(provider, vault));

    assertThat(provider.hasRemoteCse()).isTrue();
  }

  @Test
  void whatEndsSoonIsRenewedWhileTheSessionStands() throws Exception {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    Node node = start(provider, new MemoryVault());
    NodeState before = registered(node);
    node.close();
    MemoryVault vault = new MemoryVault();
    vault.write(before);
    clock = InstantSource.fixed(FakeProvider.NOW.plus(Duration.ofDays(28)));
    provider.lifetime = Duration.ofDays(60);
    steps.clear();

    Node again = start(provider, vault);
    registered(again);

    await().untilAsserted(() -> assertThat(stepIds()).contains("bootstrap", "associate"));
    await()
        .untilAsserted(
            () -> {
              NodeState now = again.state();
              assertThat(now.key(Rung.ENROLMENT)).isNotEqualTo(before.key(Rung.ENROLMENT));
              assertThat(now.key(Rung.ASSOCIATION)).isNotEqualTo(before.key(Rung.ASSOCIATION));
            });
    assertThat(steps.get(0).step()).isEqualTo(LifeStep.REGISTER);
  }

  @Test
  void statusTellsWhatTheNodeWaitsFor() {
    FakeProvider provider = provider(EnrolmentPath.MAF);
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return Optional.of(Stage.NO_ANSWER);
          }
        };
    MemoryVault vault = new MemoryVault();
    start(provider, vault);

    await().until(() -> vault.read().flatMap(NodeState::trouble).isPresent());
    Trouble trouble = vault.read().flatMap(NodeState::trouble).orElseThrow();
    assertThat(trouble.waitingFor()).isEqualTo("bootstrap at mef.sp.example.org");
    assertThat(trouble.reason()).contains("handshake");
  }
}
