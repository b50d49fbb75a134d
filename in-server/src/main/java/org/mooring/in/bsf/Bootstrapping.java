// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.gba.AuthenticationVector;
import org.mooring.common.gba.BootstrappingInfo;
import org.mooring.common.gba.DigestAka;
import org.mooring.common.gba.DigestChallenge;
import org.mooring.common.gba.DigestCredentials;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.hss.AuthenticationVectors;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.quota.Quota;
import org.mooring.in.transaction.Transactions;

/**
 * The bootstrapping procedure (TS 33.220 clause 4.5.2), which gives a node and the BSF a Ks and its
 * B-TID.
 */
public final class Bootstrapping {
  /** How long a challenge may be answered; the node asks its USIM and answers at once. */
  static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  /**
   * Challenges for one subscriber at once: anyone can ask for them, each costs a sequence number
   * and a commit, and a USIM needs two at most.
   */
  private static final int CHALLENGES_AT_ONCE = 10;

  private static final Duration CHALLENGE_EVERY = Duration.ofSeconds(6);

  private final Transactions<? extends BsfStore> store;
  private final AuthenticationVectors vectors;
  private final ServiceProvider provider;
  private final SessionKeys sessionKeys;
  private final Refusals refusals;
  private final MethodCheck methods;
  private final Quota<Impi> challenges;

  /**
   * @param vectors the operator's HSS, or the table here
   * @param methods tells from whom the provider takes a USIM
   */
  public Bootstrapping(
      Transactions<? extends BsfStore> store,
      AuthenticationVectors vectors,
      ServiceProvider provider,
      Generations generations,
      Refusals refusals,
      MethodCheck methods,
      InstantSource clock) {
    this.store = store;
    this.vectors = vectors;
    this.provider = provider;
    this.sessionKeys = new SessionKeys(provider, generations);
    this.refusals = refusals;
    this.methods = methods;
    this.challenges = new Quota<>(CHALLENGES_AT_ONCE, CHALLENGE_EVERY, clock);
  }

  /** The BSF's FQDN, the realm of its challenges. */
  private Fqdn realm() {
    return provider.mef();
  }

  /**
   * Handles one request on Ub. Never waits; the stage fails only where the store or the HSS does.
   *
   * @param peer the address that asks, for the record
   */
  public CompletionStage<UbAnswer> handle(DigestCredentials credentials, String peer) {
    if (!credentials.realm().equals(realm())) {
      return refused(peer, credentials.username(), "the realm is not this BSF");
    }
    if (credentials instanceof DigestCredentials.Answer answer) {
      return answer.auts().isPresent() ? resynchronise(answer, peer) : conclude(answer, peer);
    }
    return challenge(credentials.username(), peer);
  }

  private CompletionStage<UbAnswer> challenge(Impi impi, String peer) {
    if (challenges.take(impi).isPresent()) {
      return CompletableFuture.completedStage(new UbAnswer.TryLater());
    }
    return store
        .read(tx -> obstacle(tx, impi))
        .thenCompose(
            obstacle ->
                obstacle.isPresent()
                    ? refused(peer, impi, obstacle.get())
                    : vectors
                        .next(impi)
                        .thenCompose(
                            vector ->
                                vector.isEmpty()
                                    ? refused(peer, impi, "the HSS does not know this IMPI")
                                    : store.write(tx -> challenged(tx, impi, vector.get()))));
  }

  private CompletionStage<UbAnswer> resynchronise(DigestCredentials.Answer answer, String peer) {
    Impi impi = answer.username();
    if (challenges.take(impi).isPresent()) {
      return CompletableFuture.completedStage(new UbAnswer.TryLater());
    }
    return store
        .write(
            tx -> {
              Optional<PendingChallenge> stale = pending(tx, answer);
              stale.ifPresent(challenge -> tx.challenges().remove(challenge.rand()));
              return stale;
            })
        .thenCompose(
            stale ->
                stale.isEmpty()
                    ? refused(peer, impi, "AUTS for no challenge of this BSF")
                    : vectors
                        .resynchronised(impi, stale.get().rand(), answer.auts().orElseThrow())
                        .thenCompose(
                            vector ->
                                vector.isEmpty()
                                    ? refused(peer, impi, "AUTS is not of this IMPI's USIM")
                                    : store.write(tx -> rechallenged(tx, impi, vector.get()))));
  }

  private UbAnswer rechallenged(BsfStore tx, Impi impi, AuthenticationVector fresh) {
    tx.audit().record(impi.toString(), AuditAction.BOOTSTRAPPING_RESYNCHRONISED, impi.toString());
    return challenged(tx, impi, fresh);
  }

  private UbAnswer challenged(BsfStore tx, Impi impi, AuthenticationVector fresh) {
    tx.challenges().add(PendingChallenge.of(impi, fresh, tx.now().plus(ANSWER_WITHIN)));
    return new UbAnswer.Challenged(new DigestChallenge(realm(), fresh));
  }

  /** An answer that was seen before gets the same again: what it got may have been lost. */
  private CompletionStage<UbAnswer> conclude(DigestCredentials.Answer answer, String peer) {
    return store
        .write(tx -> concluded(tx, answer))
        .thenCompose(
            done ->
                done.isPresent()
                    ? CompletableFuture.completedStage(done.get())
                    : refused(peer, answer.username(), "the response is not the expected one"));
  }

  private Optional<UbAnswer> concluded(BsfStore tx, DigestCredentials.Answer answer) {
    Optional<PendingChallenge> pending = pending(tx, answer);
    Optional<Credential> subscription = SessionKeys.subscription(tx, answer.username());
    if (pending.isEmpty()
        || subscription.isEmpty()
        || obstacle(tx, answer.username()).isPresent()
        || !DigestAka.isGood(answer, pending.get().expectedResponse())) {
      return Optional.empty();
    }
    PendingChallenge challenge = pending.get();
    TransactionId transaction = new TransactionId(challenge.rand(), realm());
    Credential key =
        tx.credentials()
            .find(transaction.canonical())
            .orElseGet(() -> added(tx, subscription.get(), challenge, transaction));
    byte[] document = new BootstrappingInfo(transaction, key.expiresAt()).toXml();
    return Optional.of(
        new UbAnswer.Bootstrapped(
            DigestAka.confirm(answer, challenge.expectedResponse(), document), document));
  }

  private Credential added(
      BsfStore tx, Credential subscription, PendingChallenge challenge, TransactionId transaction) {
    Credential key =
        sessionKeys.add(tx, subscription, transaction, challenge.sessionKey(), M2mTimestamp.NEVER);
    tx.audit()
        .record(
            challenge.impi().toString(),
            AuditAction.BOOTSTRAPPED,
            key.identity().toString(),
            Attributes.builder()
                .put("client", key.client().value())
                .put("until", key.expiresAt())
                .build());
    return key;
  }

  private static Optional<PendingChallenge> pending(BsfStore tx, DigestCredentials.Answer answer) {
    return tx.challenges()
        .find(answer.challenge().rand())
        .filter(challenge -> challenge.impi().equals(answer.username()));
  }

  /** Why nobody may bootstrap with this IMPI now; empty where somebody may. */
  private Optional<String> obstacle(BsfStore tx, Impi impi) {
    Optional<Credential> subscription = SessionKeys.subscription(tx, impi);
    return subscription.isEmpty()
        ? Optional.of("no enrolee with this IMPI may bootstrap")
        : methods.obstacle(tx, subscription.get());
  }

  private CompletionStage<UbAnswer> refused(String peer, Impi impi, String reason) {
    refusals.refused(peer, impi.identifier(), reason);
    return CompletableFuture.completedStage(new UbAnswer.Refused());
  }
}
