// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FactoryCredentials.Member;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeStage;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SampleState;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.resource.TrustResourceNames;

/** A node with several credentials enrols with one that its MEF takes, and says what it met. */
class MethodNegotiationTest extends NodeLife {
  private static final FactoryCredential CERTIFICATE = SampleState.certificate();
  private static final KeyIdentifier CERTIFICATE_ID = CERTIFICATE.id();

  private final FakeProvider provider = provider(EnrolmentPath.MAF);

  private static NodeState node(FactoryCredential... credentials) {
    return NodeState.factory(FactoryCredentials.of(List.of(credentials)));
  }

  /** The identities that the node showed to the MEF, in order. */
  private List<String> shown() {
    String mef = FakeProvider.MEF + " ";
    return provider.handshakesSoFar().stream()
        .filter(handshake -> handshake.startsWith(mef))
        .map(handshake -> handshake.substring(mef.length()))
        .toList();
  }

  private List<String> lastOffer() {
    List<RequestPrimitive> registrations =
        provider.requestsSoFar().stream()
            .filter(
                request ->
                    request.resourceType().orElse(0) == TrustResourceNames.MEF_CLIENT_REG.code())
            .toList();
    return registrations
        .get(registrations.size() - 1)
        .content()
        .orElseThrow()
        .attributes()
        .texts(TrustResourceNames.LABELS);
  }

  private static List<Verdict> verdicts(NodeState state) {
    return state.factories().members().stream().map(Member::verdict).toList();
  }

  /** The MEF lets nobody in with this credential, as far as the node can see. */
  private static Mischief refusing(Stage stage, KeyIdentifier refused, int times) {
    AtomicInteger count = new AtomicInteger();
    return new Mischief() {
      @Override
      public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
        return identity.equals(refused) && count.getAndIncrement() < times
            ? Optional.of(stage)
            : Optional.empty();
      }
    };
  }

  private static Mischief barring(KeyIdentifier barred) {
    return new Mischief() {
      @Override
      public Optional<Refusal> refusal(KeyIdentifier identity, RequestPrimitive request) {
        return identity.equals(barred)
            ? Optional.of(Refusal.METHOD_NOT_ACCEPTED)
            : Optional.empty();
      }
    };
  }

  @Test
  void aRefusedCertificateFallsThroughToTheKpmAndTheOfferSaysSo() throws Exception {
    provider.trust(CERTIFICATE_ID);
    provider.mischief = refusing(Stage.REFUSED, CERTIFICATE_ID, Integer.MAX_VALUE);

    NodeState state = registered(start(provider, new MemoryVault(), node(CERTIFICATE, BOOTSTRAP)));

    String certificate = CERTIFICATE_ID.toString();
    assertThat(shown()).containsExactly(certificate, certificate, certificate, KPM_ID.toString());
    assertThat(lastOffer())
        .containsExactly("enrolment-method:1:certificate:refused", "enrolment-method:2:psk");
    assertThat(troubles)
        .last()
        .satisfies(
            trouble ->
                assertThat(trouble.reason())
                    .startsWith("the MEF does not take the certificate: handshake with ")
                    .endsWith("; trying psk"));
    assertThat(state.factory()).isEqualTo(BOOTSTRAP);
    assertThat(verdicts(state)).containsOnly(Verdict.OPEN);
    assertThat(state.factories().members().get(0).reason()).startsWith("handshake with ");
  }

  @Test
  void silenceNeverChangesTheMethod() throws Exception {
    provider.trust(CERTIFICATE_ID);
    provider.mischief = refusing(Stage.NO_ANSWER, CERTIFICATE_ID, 30);

    NodeState state = registered(start(provider, new MemoryVault(), node(CERTIFICATE, BOOTSTRAP)));

    assertThat(shown()).hasSize(31).containsOnly(CERTIFICATE_ID.toString());
    assertThat(lastOffer())
        .containsExactly("enrolment-method:1:certificate", "enrolment-method:2:psk");
    assertThat(state.factory()).isEqualTo(CERTIFICATE);
  }

  @Test
  void requestsThatAreLostNeverDoEither() throws Exception {
    provider.trust(CERTIFICATE_ID);
    AtomicInteger lost = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public FakeProvider.Loss loss(Fqdn function, RequestPrimitive request) {
            return lost.getAndIncrement() < 20 ? FakeProvider.Loss.REQUEST : FakeProvider.Loss.NONE;
          }
        };

    registered(start(provider, new MemoryVault(), node(CERTIFICATE, BOOTSTRAP)));

    assertThat(shown()).containsOnly(CERTIFICATE_ID.toString());
  }

  @Test
  void aMefThatBarsTheKpmGetsTheCertificateAndTheNextEnrolmentBeginsWithIt() throws Exception {
    provider.trust(CERTIFICATE_ID);
    provider.mischief = barring(KPM_ID);
    Node node = start(provider, new MemoryVault(), node(BOOTSTRAP, CERTIFICATE));

    NodeState state = registered(node);

    String kpm = KPM_ID.toString();
    String certificate = CERTIFICATE_ID.toString();
    assertThat(shown()).containsExactly(kpm, kpm, certificate);
    assertThat(lastOffer())
        .containsExactly("enrolment-method:1:psk", "enrolment-method:2:certificate");
    assertThat(verdicts(state)).containsExactly(Verdict.BARRED, Verdict.OPEN);
    assertThat(state.factories().members().get(0).reason())
        .contains("enrol with another credential");
    assertThat(troubles).last().extracting("reason").asString().endsWith("; trying certificate");

    node.enrolAnew();

    await()
        .untilAsserted(
            () -> assertThat(shown()).containsExactly(kpm, kpm, certificate, certificate));
  }

  @Test
  void aRenewalBeginsWithTheFirstAgainAndTheNodeKeepsItsAssociation() throws Exception {
    provider.mischief = Mischief.NONE;
    Node node = start(provider, new MemoryVault(), node(CERTIFICATE, BOOTSTRAP));
    NodeState first = registered(node);
    assertThat(first.factory()).isEqualTo(BOOTSTRAP);
    provider.trust(CERTIFICATE_ID);

    node.enrolAnew();

    await()
        .untilAsserted(
            () ->
                assertThat(node.state().key(Rung.ENROLMENT).map(HeldKey::parent))
                    .contains(CERTIFICATE_ID));
    assertThat(node.state().factory()).isEqualTo(CERTIFICATE);
    assertThat(node.state().stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
  }

  @Test
  void whereAllWereRefusedItBeginsAgainAndSaysWhatItMet() throws Exception {
    provider.trust(CERTIFICATE_ID);
    AtomicInteger handshakes = new AtomicInteger();
    provider.mischief =
        new Mischief() {
          @Override
          public Optional<Stage> handshake(Fqdn function, KeyIdentifier identity) {
            return handshakes.getAndIncrement() < 6 ? Optional.of(Stage.REFUSED) : Optional.empty();
          }
        };

    NodeState state = registered(start(provider, new MemoryVault(), node(CERTIFICATE, BOOTSTRAP)));

    assertThat(shown()).hasSize(7).last().isEqualTo(CERTIFICATE_ID.toString());
    assertThat(lastOffer())
        .containsExactly("enrolment-method:1:certificate", "enrolment-method:2:psk:refused");
    assertThat(verdicts(state)).containsOnly(Verdict.OPEN);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPowerCutAtAnyWriteOfAFallThroughEndsRegistered(boolean barred) throws Exception {
    int cuts = 0;
    boolean cut = true;
    for (int write = 1; cut; write++) {
      for (boolean reachesDisk : new boolean[] {true, false}) {
        FakeProvider mef = provider(EnrolmentPath.MAF);
        mef.trust(CERTIFICATE_ID);
        mef.mischief =
            barred
                ? barring(CERTIFICATE_ID)
                : refusing(Stage.REFUSED, CERTIFICATE_ID, Integer.MAX_VALUE);
        NodeState fresh = node(CERTIFICATE, BOOTSTRAP);
        MemoryVault dying = new MemoryVault(write, reachesDisk);
        Node first = start(mef, dying, fresh);
        await().until(() -> dying.isDead() || first.registered().toCompletableFuture().isDone());
        first.close();
        cut = dying.isDead();
        cuts += cut ? 1 : 0;
        MemoryVault after = new MemoryVault();
        dying.read().ifPresent(after::write);

        NodeState state = registered(start(mef, after, fresh));

        assertThat(state.stage(FakeProvider.NOW)).isEqualTo(NodeStage.REGISTERED);
        assertThat(state.factory()).isEqualTo(BOOTSTRAP);
        assertThat(mef.hasRemoteCse()).isTrue();
      }
    }
    assertThat(cuts).isGreaterThanOrEqualTo(20);
  }

  @Test
  void aNodeWithOneMethodOffersNothing() throws Exception {
    registered(start(provider, new MemoryVault(), node(BOOTSTRAP)));

    assertThat(lastOffer()).isEmpty();
  }

  @Test
  void aBsfThatRefusesTheSubscriptionLeavesTheKpm() throws Exception {
    HttpServer bsf =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    bsf.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    bsf.start();
    try {
      FactoryCredential usim = SampleState.usim("http://127.0.0.1:" + bsf.getAddress().getPort());

      registered(start(provider, new MemoryVault(), node(usim, BOOTSTRAP)));

      assertThat(lastOffer())
          .containsExactly("enrolment-method:1:gba:refused", "enrolment-method:2:psk");
      assertThat(troubles)
          .last()
          .extracting("reason")
          .isEqualTo(
              "the MEF does not take the USIM: the BSF does not authenticate this subscription;"
                  + " trying psk");
    } finally {
      bsf.stop(0);
    }
  }

  @Test
  void aBsfThatIsAwayDoesNot() throws Exception {
    Node node =
        start(
            provider,
            new MemoryVault(),
            node(SampleState.usim("http://127.0.0.1:" + freePort()), BOOTSTRAP));

    await().until(() -> troubles.size() > 8);

    assertThat(node.state().factory()).isNotEqualTo(BOOTSTRAP);
    assertThat(shown()).isEmpty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
