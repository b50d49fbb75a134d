// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.dtls.CredentialLookup;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.credential.RecordedSessions;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;

/** Keys toward a gateway and the word of the MAF on them, on a clock of the test's own. */
class DistributedKeysTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration LIFE = Duration.ofHours(1);
  private static final Fqdn MAF = new Fqdn("maf.sp.example.org");
  private static final CseId NODE = new CseId("//sp.example.org/asn-7");
  private static final ServiceProvider PROVIDER =
      new ServiceProvider(
          SpId.parse("//sp.example.org"),
          new Fqdn("mef.sp.example.org"),
          MAF,
          new CseId("/mn-1"),
          "cse-mn",
          List.of(),
          new ServiceProvider.Lifetimes(Duration.ofDays(1), Duration.ZERO, Duration.ZERO));

  private final FakeIssuer issuer = new FakeIssuer();
  private final RecordedSessions sessions = new RecordedSessions();
  private final Generations generations = new Generations(sessions);
  private final KeyIdentifier id = RelativeKeyId.random().at(MAF);
  private final SecretKeyBytes key = SecretKeyBytes.random();
  private volatile Instant time = START;
  @TempDir private Path folder;
  private Store store;
  private DistributedKeys keys;

  @BeforeEach
  void start() {
    store = Store.open(StoreSettings.in(folder), () -> time);
    keys = new DistributedKeys(store, issuer, PROVIDER, generations, () -> time);
    issuer.gives(id, key, NODE, START.plus(LIFE));
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private void pass(Duration duration) {
    time = time.plus(duration);
  }

  /** What a handshake gets. */
  private Optional<SecretKeyBytes> shown() throws Exception {
    return await(shownTo(InetAddress.getLoopbackAddress(), id));
  }

  private CompletionStage<Optional<SecretKeyBytes>> shownTo(InetAddress peer, KeyIdentifier one) {
    return keys.lookup(
        new CredentialLookup.Query(
            one.toString(), Optional.empty(), false, new InetSocketAddress(peer, 5684)));
  }

  private void assertRefused(String reason) {
    assertThatThrownBy(this::shown)
        .isInstanceOf(CredentialLookup.Unusable.class)
        .hasMessageContaining(reason);
  }

  private void sweep() throws Exception {
    await(store.write(tx -> generations.expire(tx, 100)));
  }

  private Credential held() throws Exception {
    return await(store.read(tx -> tx.credentials().find(id))).orElseThrow();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  @Test
  void aKeyThatIsGivenOpensHandshakesAndTheIssuerIsAskedAgainWhenItsWordIsOld() throws Exception {
    assertThat(shown()).contains(key);
    pass(DistributedKeys.FRESH_FOR.minusSeconds(1));
    assertThat(shown()).contains(key);
    assertThat(issuer.asked()).hasSize(1);

    pass(Duration.ofSeconds(1));

    assertThat(shown()).contains(key);
    assertThat(issuer.asked()).hasSize(2);
  }

  @Test
  void aKeyWhoseIssuerIsSilentOpensNothingAndItsSessionsGoOn() throws Exception {
    shown();
    pass(DistributedKeys.FRESH_FOR);
    issuer.isSilent(true);

    assertRefused("the issuer can not be asked");
    assertThat(sessions.ended()).isEmpty();
  }

  @Test
  void aKeyThatWasProlongedAfterItHadEndedHereOpensHandshakesAgain() throws Exception {
    shown();
    pass(LIFE);
    issuer.gives(id, key, NODE, time.plus(LIFE));

    assertThat(shown()).contains(key);
    assertThat(held().expiresAt()).isEqualTo(time.plus(LIFE));
  }

  @Test
  void soDoesOneThatWasClearedAway() throws Exception {
    shown();
    pass(LIFE);
    sweep();
    assertThat(held().status()).isEqualTo(Credential.Status.REMOVED);
    issuer.gives(id, key, NODE, time.plus(LIFE));

    assertThat(shown()).contains(key);
    assertThat(held().status()).isEqualTo(Credential.Status.PENDING);
    assertThat(held().expiresAt()).isEqualTo(time.plus(LIFE));
    pass(LIFE);
    sweep();
    assertThat(held().status()).isEqualTo(Credential.Status.REMOVED);
  }

  @Test
  void aKeyThatIsProlongedInTimeIsClearedAwayAtItsLaterEnd() throws Exception {
    shown();
    pass(LIFE.minusMinutes(1));
    issuer.gives(id, key, NODE, START.plus(LIFE.multipliedBy(2)));
    shown();

    pass(Duration.ofMinutes(2));
    sweep();
    assertThat(held().status()).isEqualTo(Credential.Status.PENDING);
    assertThat(shown()).contains(key);
    pass(LIFE);
    sweep();
    assertThat(held().status()).isEqualTo(Credential.Status.REMOVED);
  }

  @Test
  void aKeyThatTheIssuerKeepsBackStaysRefusedAndItsSessionsEnd() throws Exception {
    shown();
    pass(DistributedKeys.FRESH_FOR);
    issuer.keepsBack(id);
    assertRefused("the issuer keeps the key back");
    assertThat(sessions.ended()).containsExactly(id);

    issuer.gives(id, key, NODE, time.plus(LIFE));
    pass(Duration.ofSeconds(10));

    assertRefused("the credential is removed");
  }

  @Test
  void aKeyThatWasRevokedAtTheIssuerStaysRefusedBeyondItsEnd() throws Exception {
    shown();
    pass(LIFE);
    sweep();
    issuer.keepsBack(id);

    assertRefused("the issuer keeps the key back");
    assertThat(held().status()).isEqualTo(Credential.Status.REMOVED);
  }

  @Test
  void aKeyThatWasSupersededHereDoesNotComeBack() throws Exception {
    shown();
    await(
        store.write(
            tx -> {
              tx.credentials().setStatus(id, Credential.Status.SUPERSEDED);
              return true;
            }));
    pass(LIFE);
    issuer.gives(id, key, NODE, time.plus(LIFE));

    assertRefused("the credential expired");
  }

  private void accept(KeyIdentifier used) throws Exception {
    await(
        store.write(
            tx -> {
              generations.accepted(tx, tx.credentials().find(used).orElseThrow());
              return true;
            }));
  }

  @Test
  void norOnceItWasClearedAwayWhileTheNewerOneLives() throws Exception {
    shown();
    accept(id);
    KeyIdentifier newer = RelativeKeyId.random().at(MAF);
    issuer.gives(newer, SecretKeyBytes.random(), NODE, START.plus(LIFE.multipliedBy(2)));
    await(shownTo(InetAddress.getLoopbackAddress(), newer));
    accept(newer);
    pass(LIFE);
    sweep();
    assertThat(held().status()).isEqualTo(Credential.Status.REMOVED);
    issuer.gives(id, key, NODE, time.plus(LIFE.multipliedBy(2)));

    assertRefused("a newer key superseded the credential");

    assertThat(held().status()).isEqualTo(Credential.Status.REMOVED);
    assertThat(await(store.read(tx -> tx.credentials().find(newer))).orElseThrow().status())
        .isEqualTo(Credential.Status.CURRENT);
  }

  @Test
  void anIdentifierIsNeverAnotherClients() throws Exception {
    shown();
    pass(LIFE);
    sweep();
    issuer.gives(id, SecretKeyBytes.random(), new CseId("//sp.example.org/asn-8"), time.plus(LIFE));

    assertRefused("another client's");
    assertThat(held().client()).isEqualTo(NODE);
    assertThat(held().status()).isEqualTo(Credential.Status.REMOVED);
  }

  /** A round over these keys in use, as the gateway makes one every now and then. */
  private void lookAt(KeyIdentifier... inUse) throws Exception {
    await(new StandingAssociations(() -> List.of(inUse), keys).look());
  }

  @Test
  void theSessionsOfAKeyThatWasRevokedAtTheIssuerEndWithinTheTimeThatItsWordCounts()
      throws Exception {
    shown();
    issuer.keepsBack(id);
    lookAt(id);
    assertThat(sessions.ended()).isEmpty();

    pass(DistributedKeys.FRESH_FOR.minus(StandingAssociations.PERIOD));
    lookAt(id);

    assertThat(sessions.ended()).containsExactly(id);
    assertThat(issuer.asked()).hasSize(2);
    assertRefused("the credential is removed");
  }

  @Test
  void theSessionsOfAKeyWhoseIssuerIsSilentGoOnAndItIsAskedAgain() throws Exception {
    shown();
    pass(DistributedKeys.FRESH_FOR);
    issuer.isSilent(true);
    lookAt(id);
    assertThat(sessions.ended()).isEmpty();
    assertThat(held().keepsSessionAt(time)).isTrue();

    issuer.isSilent(false);
    issuer.keepsBack(id);
    pass(Duration.ofSeconds(10));
    lookAt(id);

    assertThat(sessions.ended()).containsExactly(id);
  }

  @Test
  void strangersThatHaveItAskedForMuchDoNotDelayTheEndOfTheSessionsOfARevokedKey()
      throws Exception {
    shown();
    pass(DistributedKeys.FRESH_FOR);
    issuer.keepsBack(id);
    issuer.isSlow(true);
    for (int stranger = 1; stranger <= 200; stranger++) {
      InetAddress peer = InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) stranger});
      var unused = shownTo(peer, RelativeKeyId.random().at(MAF));
    }
    Awaitility.await().until(() -> issuer.asked().size() >= 129);
    issuer.isSlow(false);

    lookAt(id);

    assertThat(sessions.ended()).containsExactly(id);
  }

  @Test
  void anEndThatTheIssuerChangedIsHeardOfWhileTheSessionStands() throws Exception {
    shown();
    pass(DistributedKeys.FRESH_FOR);
    issuer.gives(id, key, NODE, START.plus(LIFE.multipliedBy(2)));

    lookAt(id);

    assertThat(held().expiresAt()).isEqualTo(START.plus(LIFE.multipliedBy(2)));
  }

  @Test
  void ofAnIssuerThatIsSilentNoMoreIsAskedInOneRoundThanAtOnce() throws Exception {
    KeyIdentifier[] inUse =
        Stream.generate(() -> RelativeKeyId.random().at(MAF))
            .limit(100)
            .toArray(KeyIdentifier[]::new);
    issuer.isSilent(true);

    lookAt(inUse);

    assertThat(issuer.asked()).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  void allKeysInUseAreAskedForInOneRound() throws Exception {
    KeyIdentifier[] inUse =
        Stream.generate(() -> RelativeKeyId.random().at(MAF))
            .limit(100)
            .toArray(KeyIdentifier[]::new);
    for (KeyIdentifier one : inUse) {
      issuer.gives(one, SecretKeyBytes.random(), NODE, START.plus(LIFE));
    }

    lookAt(inUse);

    assertThat(issuer.asked()).containsExactlyInAnyOrder(inUse);
  }
}
