// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.bsf.PendingChallenge;
import org.mooring.in.hss.Subscriber;

/** What the HSS and the BSF keep of nodes with a USIM, on every database. */
abstract class UsimRepositoriesContractTest extends StoreTest {
  private static final Impi IMPI = Impi.parse("001010123456789@ims.mnc001.mcc001.3gppnetwork.org");
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

  private void add(Subscriber subscriber) throws Exception {
    does(
        tx -> {
          tx.subscribers().add(subscriber);
          return true;
        });
  }

  private Optional<Subscriber> subscriber() throws Exception {
    return does(tx -> tx.subscribers().find(IMPI));
  }

  private PendingChallenge added(Rand rand) throws Exception {
    PendingChallenge challenge =
        new PendingChallenge(
            IMPI,
            rand,
            SecretKeyBytes.copyOf(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}),
            SecretKeyBytes.random(),
            clock().instant().plus(HALF_A_MINUTE));
    does(
        tx -> {
          tx.challenges().add(challenge);
          return true;
        });
    return challenge;
  }

  private Optional<PendingChallenge> challenge(Rand rand) throws Exception {
    return does(tx -> tx.challenges().find(rand));
  }

  private int purged() throws Exception {
    return does(tx -> tx.challenges().purge());
  }

  @Test
  void aSubscriberComesBackWithItsKeyAndNumber() throws Exception {
    SubscriberKey key = SubscriberKey.random();
    add(new Subscriber(IMPI, key, new SequenceNumber(32)));

    Subscriber found = subscriber().orElseThrow();
    assertThat(found.key().joined()).isEqualTo(key.joined());
    assertThat(found.number()).isEqualTo(new SequenceNumber(32));

    does(
        tx -> {
          tx.subscribers().setNumber(IMPI, new SequenceNumber(1L << 47));
          return true;
        });
    assertThat(subscriber().orElseThrow().number()).isEqualTo(new SequenceNumber(1L << 47));
  }

  @Test
  void anImpiIsOneSubscribers() throws Exception {
    add(new Subscriber(IMPI, SubscriberKey.random(), new SequenceNumber(0)));

    assertThatThrownBy(
            () -> add(new Subscriber(IMPI, SubscriberKey.random(), new SequenceNumber(0))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aRemovedSubscriberIsGoneAndOneThatIsNotThereIsNoError() throws Exception {
    add(new Subscriber(IMPI, SubscriberKey.random(), new SequenceNumber(0)));
    for (int i = 0; i < 2; i++) {
      does(
          tx -> {
            tx.subscribers().remove(IMPI);
            return true;
          });
      assertThat(subscriber()).isEmpty();
    }
  }

  @Test
  void aChallengeMayBeAnsweredForItsTime() throws Exception {
    Rand rand = Rand.random();
    PendingChallenge added = added(rand);
    assertThat(challenge(rand)).contains(added);
    assertThat(challenge(Rand.random())).isEmpty();

    pass(HALF_A_MINUTE.minusMillis(1));
    assertThat(challenge(rand)).contains(added);
    pass(Duration.ofMillis(1));
    assertThat(challenge(rand)).isEmpty();
  }

  @Test
  void aChallengeIsForgottenWhenItIsRemovedOrItsTimeIsOver() throws Exception {
    Rand removed = Rand.random();
    Rand stale = Rand.random();
    added(removed);
    added(stale);
    does(
        tx -> {
          tx.challenges().remove(removed);
          return true;
        });
    assertThat(challenge(removed)).isEmpty();
    assertThat(purged()).isZero();

    pass(HALF_A_MINUTE);
    Rand fresh = Rand.random();
    added(fresh);
    assertThat(purged()).isEqualTo(1);
    assertThat(challenge(fresh)).isPresent();
  }
}
