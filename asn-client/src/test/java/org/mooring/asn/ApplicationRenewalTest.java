// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.HeldKey;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;

/** A Ka of 20 days, before its end, on a node whose Km has 30. */
class ApplicationRenewalTest extends NodeLife {
  private static final AppInstanceId C1 = new AppInstanceId("C1");
  private static final Instant DUE = FakeProvider.NOW.plus(Duration.ofDays(18));
  private static final Instant NEXT_END = FakeProvider.NOW.plus(Duration.ofDays(28));

  private final FakeProvider provider = provider(EnrolmentPath.MAF);
  private final ApplicationToken meter = provider.applications.issue("Nmeter");

  private Node withInstance() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    AppInstance installed =
        node.applications().install(meter, C1).toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(installed.key()).isPresent();
    return node;
  }

  private static AppInstance instance(Node node) {
    return node.state().appInstances().find(C1).orElseThrow();
  }

  private static HeldKey ka(Node node) {
    return instance(node).key().orElseThrow();
  }

  private void let18DaysPass(Node node) {
    clock = InstantSource.fixed(DUE);
    node.goOn();
  }

  @Test
  void kaIsRenewedWhileItLives() throws Exception {
    Node node = withInstance();
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
    Node node = withInstance();
    HeldKey before = ka(node);
    provider.applications.refuse(Refusal.TOO_MANY_ASSOCIATIONS);

    let18DaysPass(node);

    await().until(() -> instance(node).setback().isPresent());
    AppSetback why = instance(node).setback().orElseThrow();
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
    Node node = withInstance();
    KeyIdentifier before = ka(node).id();
    try (ApplicationSession session = open(node)) {
      int associations = associations();
      provider.applications.giveNext(NEXT_END);

      let18DaysPass(node);

      await().until(() -> !ka(node).id().equals(before));
      await().until(() -> associations() > associations);
      assertThat(provider.handshakesSoFar()).contains(FakeProvider.MAF + " " + ka(node).id());
      assertThat(asked(session)).isEqualTo(ResponseStatusCode.OK);
    }
  }

  /** With the registrar, the node's own included. */
  private int associations() {
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
