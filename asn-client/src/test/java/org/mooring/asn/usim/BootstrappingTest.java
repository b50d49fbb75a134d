// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.UbAddress;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.asn.vault.Vault;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SequenceWindow;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;

class BootstrappingTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final SubscriberKey key = SubscriberKey.random();
  private final UsimCredential subscription =
      new UsimCredential(
          Impi.parse("001@ims.example.org"),
          key.joined(),
          MEF,
          UbAddress.parse("coap://127.0.0.1:1"),
          "127.0.0.1",
          5684);
  private final Kept vault = new Kept(NodeState.factory(subscription));
  private final StateKeeper keeper = new StateKeeper(vault, vault.state);
  private final FakeBsf bsf = new FakeBsf(MEF, key);

  /** A vault that is always there. */
  private static final class Kept implements Vault {
    private NodeState state;

    Kept(NodeState state) {
      this.state = state;
    }

    @Override
    public Optional<NodeState> read() {
      return Optional.of(state);
    }

    @Override
    public void write(NodeState changed) {
      state = changed;
    }
  }

  private NodeState run() {
    ServerClock clock = new ServerClock(InstantSource.fixed(NOW), new Random(1));
    return new Bootstrapping(keeper, clock, new Usims(keeper)::of, Runnable::run)
        .run(bsf, subscription)
        .toCompletableFuture()
        .join();
  }

  @Test
  void anOperatorsBsfIsAskedByItsOwnName() {
    Fqdn operators = new Fqdn("bsf.operator.example");
    bsf.realm = operators;
    UsimCredential atOperator =
        new UsimCredential(
            subscription.impi(),
            subscription.chip(),
            MEF,
            operators,
            subscription.ub(),
            subscription.host(),
            subscription.port());
    ServerClock clock = new ServerClock(InstantSource.fixed(NOW), new Random(1));

    NodeState state =
        new Bootstrapping(keeper, clock, new Usims(keeper)::of, Runnable::run)
            .run(bsf, atOperator)
            .toCompletableFuture()
            .join();

    assertThat(state.key(Rung.ENROLMENT).orElseThrow().id())
        .isEqualTo(new TransactionId(bsf.last().rand(), operators).identifier());
    assertThat(bsf.requests).allMatch(request -> request.realm().equals(operators));
  }

  private void fails(String reason) {
    assertThatThrownBy(this::run)
        .rootCause()
        .isInstanceOf(BootstrappingFailedException.class)
        .hasMessageContaining(reason);
    assertThat(vault.state.key(Rung.ENROLMENT)).isEmpty();
  }

  @Test
  void bothEndsHaveTheSameSessionKeyUnderItsTransaction() {
    HeldKey held = run().key(Rung.ENROLMENT).orElseThrow();

    assertThat(held.key()).isEqualTo(bsf.last().sessionKey());
    assertThat(held.id()).isEqualTo(new TransactionId(bsf.last().rand(), MEF).identifier());
    assertThat(held.parent()).isEqualTo(subscription.id());
    assertThat(held.lease().expires()).isEqualTo(bsf.end);
    assertThat(vault.state.key(Rung.ENROLMENT)).contains(held);
    assertThat(bsf.requests).hasSize(2);
  }

  @Test
  void aSequenceNumberIsInTheVaultBeforeTheResponseLeaves() {
    run();

    assertThat(vault.state.sequenceNumbers().highest()).isEqualTo(bsf.number);
    assertThat(vault.state.sequenceNumbers().accepting(bsf.number)).isEmpty();
  }

  @Test
  void aStaleChallengeResynchronises() {
    SequenceWindow ahead = SequenceWindow.FRESH.accepting(SequenceNumber.of(500, 1)).orElseThrow();
    ahead = ahead.accepting(SequenceNumber.of(501, 2)).orElseThrow();
    SequenceWindow used = ahead;
    bsf.number = SequenceNumber.of(400, 0);
    keeper.update(state -> state.toBuilder().sequenceNumbers(used).build());

    NodeState state = run();

    assertThat(state.key(Rung.ENROLMENT)).isPresent();
    assertThat(bsf.number.counter()).isEqualTo(502);
    assertThat(bsf.requests.get(1))
        .isInstanceOfSatisfying(
            DigestCredentials.Answer.class, answer -> assertThat(answer.auts()).isPresent());
  }

  @Test
  void aBsfThatDoesNotHeedTheUsimIsGivenUp() {
    SequenceWindow used = SequenceWindow.FRESH;
    for (int place = 0; place < SequenceNumber.PLACES; place++) {
      used = used.accepting(SequenceNumber.of(500, place)).orElseThrow();
    }
    SequenceWindow everywhere = used;
    keeper.update(state -> state.toBuilder().sequenceNumbers(everywhere).build());
    bsf.number = SequenceNumber.of(1, 0);
    bsf.heedsAuts = false;

    fails("stale, after resynchronisation too");
  }

  @Test
  void aChallengeOfAnotherNetworkIsRefusedByTheUsim() {
    FakeBsf other = new FakeBsf(MEF, SubscriberKey.random());
    ServerClock clock = new ServerClock(InstantSource.fixed(NOW), new Random(1));

    assertThatThrownBy(
            () ->
                new Bootstrapping(keeper, clock, new Usims(keeper)::of, Runnable::run)
                    .run(other, subscription)
                    .toCompletableFuture()
                    .join())
        .rootCause()
        .hasMessageContaining("wrong MAC");

    assertThat(other.requests).hasSize(1);
    assertThat(vault.state.sequenceNumbers()).isEqualTo(SequenceWindow.FRESH);
  }

  @Test
  void aBsfThatDoesNotProveItselfGetsNoKey() {
    bsf.knowsTheResponse = false;

    fails("does not prove itself");
  }

  @Test
  void aTransactionOfAnotherChallengeIsRefused() {
    bsf.namesItsChallenge = false;

    fails("not that of the challenge");
  }

  @Test
  void aChallengeOfAnotherBsfIsRefused() {
    bsf.realm = new Fqdn("other.example.org");

    fails("of another BSF");
  }

  @Test
  void aRefusalIsToldFromABsfThatIsInTrouble() {
    bsf.refusesWith = 403;
    fails("does not authenticate this subscription");
    assertThat(failure().isRefusal()).isTrue();

    bsf.refusesWith = 503;
    fails("answered 503");
    assertThat(failure().isRefusal()).isFalse();
  }

  private BootstrappingFailedException failure() {
    return catchThrowableOfType(
        BootstrappingFailedException.class,
        () -> {
          try {
            run();
          } catch (CompletionException e) {
            throw Objects.requireNonNull(e.getCause());
          }
        });
  }
}
