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
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppSetback;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.HeldToken;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
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

/** AE Subscription Association, the node's side (seed 000). */
class NodeApplicationsTest extends NodeLife {
  private static final AppInstanceId C1 = new AppInstanceId("C1");
  private static final AppInstanceId C2 = new AppInstanceId("C2");
  private static final AppInstanceId C3 = new AppInstanceId("C3");

  private final FakeProvider provider = provider(EnrolmentPath.MAF);
  private final ApplicationToken meter = provider.applications.issue("Nmeter");

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

  /** Seed 000 clause 9: derived from the token's secret and the node's, and shorter than both. */
  private void assertIsAssociated(Node node, AppInstance instance, ApplicationToken token) {
    HeldKey ka = instance.key().orElseThrow();
    HeldKey km = node.state().key(Rung.MAF).orElseThrow();
    assertThat(ka.key())
        .isEqualTo(FakeApplications.key(km.key(), token, instance.id().value(), ka.id()));
    assertThat(ka.parent()).isEqualTo(km.id());
    assertThat(instance.setback()).isEmpty();
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
    provider.mischief = losing(Loss.ANSWER, NodeApplicationsTest::isAssociation);
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

  @Test
  void aRemovedInstanceIsGivenUpAtTheMafAndForgotten() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    KeyIdentifier ka = installed(node, meter, C1).key().orElseThrow().id();

    node.applications().remove(C1);

    await().until(() -> node.applications().all().isEmpty());
    assertThat(provider.requestsSoFar())
        .filteredOn(request -> request.operation() == Operation.DELETE)
        .extracting(RequestPrimitive::to)
        .containsExactly("//maf.sp.example.org/-/" + ka.relative());
  }

  /** Its key is made, and nobody knows which. */
  @Test
  void anInstanceWhoseAnswerWasLostIsGivenUpToo() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    provider.mischief = losing(Loss.ANSWER, NodeApplicationsTest::isAssociation);
    var installed = node.applications().install(meter, C1);
    await().until(() -> associations() > 0);

    node.applications().remove(C1);

    await().until(() -> node.applications().all().isEmpty());
    assertThat(deletions()).hasSize(1);
    assertThat(installed.toCompletableFuture()).isDone();
  }

  @Test
  void anInstanceThatTheMafDoesNotGiveUpIsTriedAgain() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    assertThat(installed(node, meter, C1).key()).isPresent();
    provider.mischief = refusing(Operation.DELETE);

    node.applications().remove(C1);

    await().until(() -> instance(node, C1).setback().isPresent());
    assertThat(instance(node, C1).isLeaving()).isTrue();
  }

  private static Mischief refusing(Operation operation) {
    return new Mischief() {
      @Override
      public Optional<Refusal> refusal(KeyIdentifier identity, RequestPrimitive request) {
        return request.operation() == operation
            ? Optional.of(Refusal.INTERNAL_ERROR)
            : Optional.empty();
      }
    };
  }

  private List<RequestPrimitive> deletions() {
    return provider.requestsSoFar().stream()
        .filter(request -> request.operation() == Operation.DELETE)
        .toList();
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

  @Test
  void anIdThatIsNoStemOfTheNodesCseIsNotInstalled() {
    Node node = start(provider, new MemoryVault());

    for (String id : List.of("C", "S1", "meter")) {
      assertThatThrownBy(() -> node.applications().install(meter, new AppInstanceId(id)))
          .isInstanceOf(IdentifierSyntaxException.class);
    }
  }

  private static AppInstance installed(Node node, ApplicationToken token, AppInstanceId id)
      throws Exception {
    return node.applications().install(token, id).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static NodeState withInstance(NodeState state, AppInstanceId id, ApplicationToken token) {
    AppInstance instance = AppInstance.installed(id, HeldToken.of(token));
    return state.toBuilder().appInstances(state.appInstances().installed(instance)).build();
  }

  private static AppInstance instance(Node node, AppInstanceId id) {
    return node.state().appInstances().find(id).orElseThrow();
  }

  private static boolean isAssociation(RequestPrimitive request) {
    return request.resourceType().orElse(0) == 7;
  }

  private int associations() {
    return (int)
        provider.requestsSoFar().stream().filter(NodeApplicationsTest::isAssociation).count();
  }
}
