// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.HeldKey;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** A Ka of 20 days, before its end, on a node whose Km has 30. */
class ApplicationRenewalTest extends ApplicationLife {
  private static final Instant DUE = FakeProvider.NOW.plus(Duration.ofDays(18));
  private static final Instant NEXT_END = FakeProvider.NOW.plus(Duration.ofDays(28));

  private Node nodeWithInstance() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    assertThat(installed(node, meter, C1).key()).isPresent();
    return node;
  }

  private static HeldKey ka(Node node) {
    return instance(node, C1).key().orElseThrow();
  }

  private void let18DaysPass(Node node) {
    clock = InstantSource.fixed(DUE);
    node.goOn();
  }

  @Test
  void kaIsRenewedWhileItLives() throws Exception {
    Node node = nodeWithInstance();
    HeldKey before = ka(node);
    provider.applications.giveNext(NEXT_END);

    let18DaysPass(node);

    await().until(() -> !ka(node).id().equals(before.id()));
    assertThat(before.lease().isAliveAt(DUE)).isTrue();
    assertThat(ka(node).lease().expires()).isEqualTo(NEXT_END);
    assertThat(ka(node).parent()).isEqualTo(before.parent());
  }

  @Test
  void aRefusalLeavesTheKeyInUseAndIsToldAndAskedAboutAgain() throws Exception {
    Node node = nodeWithInstance();
    HeldKey before = ka(node);
    provider.applications.refuse(Refusal.TOO_MANY_ASSOCIATIONS);

    let18DaysPass(node);

    await().until(() -> instance(node, C1).setback().isPresent());
    AppSetback why = instance(node, C1).setback().orElseThrow();
    assertThat(why.reason()).contains(Refusal.TOO_MANY_ASSOCIATIONS.remedy());
    assertThat(why.nextTry()).isBefore(before.lease().expires());
    assertThat(ka(node)).isEqualTo(before);
    try (ApplicationSession session = open(node)) {
      assertThat(asked(session)).isEqualTo(ResponseStatusCode.OK);
    }

    provider.applications.refuse(null);
    provider.applications.giveNext(NEXT_END);
    clock = InstantSource.fixed(why.nextTry());
    node.goOn();
    await().until(() -> !ka(node).id().equals(before.id()));
  }

  @Test
  void aSessionMovesToTheNextKey() throws Exception {
    Node node = nodeWithInstance();
    KeyIdentifier before = ka(node).id();
    try (ApplicationSession session = open(node)) {
      int before18Days = sessionsWithRegistrar();
      provider.applications.giveNext(NEXT_END);

      let18DaysPass(node);

      await().until(() -> !ka(node).id().equals(before));
      await().until(() -> sessionsWithRegistrar() > before18Days);
      assertThat(provider.handshakesSoFar()).contains(FakeProvider.MAF + " " + ka(node).id());
      assertThat(asked(session)).isEqualTo(ResponseStatusCode.OK);
    }
  }

  /** With the registrar, the node's own included. */
  private int sessionsWithRegistrar() {
    return (int)
        provider.handshakesSoFar().stream()
            .filter(handshake -> handshake.startsWith(FakeProvider.REGISTRAR + " "))
            .count();
  }

  private static ApplicationSession open(Node node) throws Exception {
    return node.applications().open(C1).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static ResponseStatusCode asked(ApplicationSession session) throws Exception {
    return session
        .send(RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "1").build())
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .status();
  }
}
