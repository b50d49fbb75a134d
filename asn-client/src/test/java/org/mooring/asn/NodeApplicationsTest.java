// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** AE Subscription Association, the node's side (seed 000). */
class NodeApplicationsTest extends ApplicationLife {
  /** Seed 000 clause 6: after an application is instantiated ... */
  @Test
  void anInstanceOnARegisteredNodeIsAssociatedWhenItIsInstalled() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    int handshakes = provider.handshakesSoFar().size();

    AppInstance instance = installed(node, meter, C1);

    assertIsAssociated(node, instance, meter);
    assertThat(provider.handshakesSoFar()).hasSize(handshakes + 1);
    await().until(() -> stepIds().contains("associate-app"));
  }

  /** ... and the supporting node is provisioned for service, whichever comes last. */
  @Test
  void anInstanceThatWasThereFirstIsAssociatedOnceTheNodeIsRegistered() throws Exception {
    NodeState fresh = withInstance(NodeState.factory(BOOTSTRAP), C1, meter);

    Node node = start(provider, new MemoryVault(), fresh);
    registered(node);

    await().until(() -> instance(node, C1).key().isPresent());
    assertIsAssociated(node, instance(node, C1), meter);
    assertThat(stepIds())
        .containsExactly("bootstrap", "authenticate", "associate", "register-cse", "associate-app");
  }

  @Test
  void severalInstancesTakeOneSessionWithTheMaf() throws Exception {
    NodeState fresh = NodeState.factory(BOOTSTRAP);
    for (AppInstanceId id : List.of(C1, C2, C3)) {
      fresh = withInstance(fresh, id, meter);
    }

    Node node = start(provider, new MemoryVault(), fresh);

    await().until(() -> stepIds().stream().filter("associate-app"::equals).count() == 3);
    assertThat(node.state().appInstances().all()).allMatch(one -> one.key().isPresent());
    assertThat(provider.handshakesSoFar()).hasSize(4);
  }

  @Test
  void aRestartKeepsTheKeysAndAsksForNothing() throws Exception {
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    registered(first);
    AppInstance before = installed(first, meter, C1);
    first.close();
    int asked = associations();

    Node again = start(provider, vault);
    registered(again);

    assertThat(instance(again, C1).key().orElseThrow().id())
        .isEqualTo(before.key().orElseThrow().id());
    assertThat(associations()).isEqualTo(asked);
  }

  @Test
  void aLostAnswerIsAskedForAgainAndIsTheSame() throws Exception {
    provider.mischief = losing(Loss.ANSWER, ApplicationLife::isAssociation);
    Node node = start(provider, new MemoryVault());
    registered(node);

    AppInstance instance = installed(node, meter, C1);

    assertIsAssociated(node, instance, meter);
    assertThat(associations()).isEqualTo(2);
  }

  /** Seed 000 clause 8: the secrets are inputs of a derivation, and stay where they are. */
  @Test
  void noRequestCarriesTheTokensSecretNorAKey() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    AppInstance instance = installed(node, meter, C1);

    for (byte[] secret :
        List.of(
            meter.secret().toByteArray(),
            instance.key().orElseThrow().key().toByteArray(),
            node.state().key(Rung.MAF).orElseThrow().key().toByteArray())) {
      assertThat(provider.requestsSoFar()).noneMatch(request -> carries(request, secret));
    }
    assertThat(provider.requestsSoFar()).anyMatch(request -> isAssociation(request));
  }

  private static boolean carries(RequestPrimitive request, byte[] secret) {
    return request
        .content()
        .map(content -> ContentCodec.writeAttributes(Serialization.CBOR, content.attributes()))
        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
        .filter(
            sent ->
                sent.contains(new String(secret, StandardCharsets.ISO_8859_1))
                    || sent.contains(HexFormat.of().formatHex(secret))
                    || sent.contains(Base64.getEncoder().withoutPadding().encodeToString(secret))
                    || sent.contains(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret)))
        .isPresent();
  }

  @Test
  void anotherTokenTakesThePlaceOfTheOneBefore() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    AppInstance before = installed(node, meter, C1);
    ApplicationToken next = provider.applications.issue("Nmeter");

    AppInstance after = installed(node, next, C1);

    assertIsAssociated(node, after, next);
    assertThat(after.key().orElseThrow().id()).isNotEqualTo(before.key().orElseThrow().id());
  }

  @Test
  void anotherKmMakesAnotherKey() throws Exception {
    MemoryVault vault = new MemoryVault();
    Node first = start(provider, vault);
    registered(first);
    ApplicationToken token = provider.applications.issue("Npump");
    KeyIdentifier before = installed(first, token, C1).key().orElseThrow().id();
    first.close();
    clock = InstantSource.fixed(FakeProvider.NOW.plus(Duration.ofDays(28)));
    provider.lifetime = Duration.ofDays(60);

    Node again = start(provider, vault);

    await().until(() -> !instance(again, C1).key().orElseThrow().id().equals(before));
    assertIsAssociated(again, instance(again, C1), token);
  }

  /** Seed 000 clause 9: the key can be used to secure the connections of that AE. */
  @Test
  void anInstanceOpensAnAssociationOfItsOwnThroughTheMaf() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    AppInstance instance = installed(node, meter, C1);
    HeldKey ka = instance.key().orElseThrow();

    try (ApplicationSession session =
        node.applications().open(C1).toCompletableFuture().get(10, TimeUnit.SECONDS)) {
      assertThat(session.ae().value()).isEqualTo("/asn-0123456789ab/C1");
      assertThat(
              session
                  .send(RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "1").build())
                  .toCompletableFuture()
                  .get(10, TimeUnit.SECONDS)
                  .status())
          .isEqualTo(ResponseStatusCode.OK);
    }
    assertThat(provider.handshakesSoFar())
        .contains(FakeProvider.MAF + " " + ka.id())
        .last()
        .asString()
        .startsWith(FakeProvider.REGISTRAR + " ");
  }

  @Test
  void anInstanceOpensAnAssociationWithAnotherAeUnderTheNameOfThat() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    assertThat(installed(node, meter, C1).key()).isPresent();
    PointOfAccess where = PointOfAccess.parse("coaps://127.0.0.1:7001");

    try (ApplicationSession session =
        node.applications()
            .open(C1, EntityId.of("/asn-2/Cpump"), where)
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS)) {
      assertThat(session.ae().value()).isEqualTo("/asn-0123456789ab/C1");
    }

    assertThat(provider.handshakesSoFar())
        .last()
        .asString()
        .startsWith("cpump.asn-2.sp.example.org ");
    assertThat(provider.requestsSoFar())
        .last()
        .extracting(request -> request.content().orElseThrow().attributes().texts("tgis"))
        .isEqualTo(List.of("//sp.example.org/asn-2/Cpump"));
  }

  @Test
  void anInstanceWithoutAKeyOpensNothingAndHearsWhy() throws Exception {
    provider.applications.refuse(Refusal.TOKEN_OF_ANOTHER_NODE);
    Node node = start(provider, new MemoryVault());
    registered(node);
    assertThat(installed(node, meter, C1).key()).isEmpty();

    assertThatThrownBy(() -> node.applications().open(C1).toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(NotAssociatedException.class)
        .hasMessageStartingWith("C1: ");
    assertThatThrownBy(() -> node.applications().open(C2).toCompletableFuture().join())
        .hasMessageContaining("C2: not installed");
  }
}
