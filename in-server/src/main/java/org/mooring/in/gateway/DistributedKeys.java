// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.asn.association.RetrievedKey;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.common.dtls.CredentialLookup;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.quota.Inquiries;
import org.mooring.in.quota.LatestEntries;
import org.mooring.in.transaction.Transactions;

/**
 * The association keys of those that come to this CSE: it is their target, and asks for each the
 * function that issued it (TS-0003 clauses 8.2.2.1, 8.2.2.3 and 8.8.2.8).
 *
 * <p>What was given stands sealed in the index of credentials, as the client's that registered it.
 * It opens handshakes for as long as the issuer's word is fresh, then the issuer is asked again: so
 * a key that was revoked there opens none, and one whose issuer is silent neither, while standing
 * associations go on (design section 6).
 *
 * <p>A key that has come to its end here is asked for as well, for its client may have prolonged it
 * at the issuer. That the issuer never gives an identifier to a second key is what lets it stand
 * again; what the issuer kept back before its end, or a newer key superseded, does not.
 */
public final class DistributedKeys implements CredentialLookup {
  /** How long the word of an issuer counts. */
  static final Duration FRESH_FOR = Duration.ofSeconds(30);

  /** The keys whose issuer's word is remembered; an older one is asked for again. */
  private static final int REMEMBERED = 10_000;

  private final Transactions<? extends GatewayStore> store;
  private final KeyIssuer issuers;
  private final ServiceProvider provider;
  private final Generations generations;
  private final InstantSource clock;
  private final Inquiries<KeyIdentifier> inquiries;
  private final Map<KeyIdentifier, Word> told = new LatestEntries<>(REMEMBERED);

  /**
   * What an issuer told last.
   *
   * @param at when
   * @param credential the Credential-ID of associations by the key
   */
  private record Word(Instant at, CredentialId credential) {}

  /** The issuer said nothing of the key, neither way. */
  private static final class Silence extends Unusable {
    private static final long serialVersionUID = 1L;

    Silence(Throwable cause) {
      super("the issuer can not be asked: " + Failures.reasonOf(cause));
    }
  }

  /**
   * @param provider whose MEF and MAF are asked, with this CSE as its CSE
   */
  public DistributedKeys(
      Transactions<? extends GatewayStore> store,
      KeyIssuer issuers,
      ServiceProvider provider,
      Generations generations,
      InstantSource clock) {
    this.store = store;
    this.issuers = issuers;
    this.provider = provider;
    this.generations = generations;
    this.clock = clock;
    this.inquiries = new Inquiries<>("the MEF and the MAF", clock);
  }

  /**
   * The key identifier that a psk_identity stands for.
   *
   * @throws IdentifierSyntaxException if it is none
   */
  public static KeyIdentifier identityOf(ServiceProvider provider, String pskIdentity) {
    return provider.canonical(KeyIdentifier.parse(pskIdentity));
  }

  @Override
  public CompletionStage<Optional<SecretKeyBytes>> lookup(Query query) {
    KeyIdentifier id;
    try {
      id = distributed(query);
    } catch (Unusable e) {
      return CompletableFuture.failedStage(e);
    }
    return store
        .lookUp(tx -> usable(tx, id))
        .thenCompose(
            held ->
                held.isPresent()
                    ? CompletableFuture.completedStage(held)
                    : inquiries
                        .ask(id, query.source(), () -> asked(id))
                        .thenCompose(taken -> store.lookUp(tx -> usable(tx, id))));
  }

  /** Whether the issuer's word on a key is old that time from now. */
  boolean isDueWithin(Duration ahead, KeyIdentifier id) {
    return !isFreshAt(clock.instant().plus(ahead), id);
  }

  /**
   * Asks the issuer again for a key in use, however much strangers have it asked. If it keeps that
   * back, the key is removed and its sessions end.
   *
   * @return whether the issuer answered; does not fail
   */
  CompletionStage<Boolean> askAgain(KeyIdentifier id) {
    return inquiries
        .ask(id, () -> asked(id))
        .handle(
            (taken, failure) -> failure == null || !(Failures.causeOf(failure) instanceof Silence));
  }

  /**
   * The Credential-ID of an association by a key (TS-0003 clauses 8.2.2.1 and 8.2.2.3): what the
   * issuer told with it, else that of the key itself. Never waits; fails with {@code Unusable}
   * where the issuer has to be asked anew and can not be.
   */
  public CompletionStage<CredentialId> credentialOf(KeyIdentifier id) {
    Optional<Word> word = word(id);
    return word.isPresent()
        ? CompletableFuture.completedStage(word.get().credential())
        : asked(id).thenApply(taken -> word(id).orElseThrow().credential());
  }

  private Optional<Word> word(KeyIdentifier id) {
    synchronized (told) {
      return Optional.ofNullable(told.get(id));
    }
  }

  /** No identity but these has anybody asked. */
  private KeyIdentifier distributed(Query query) throws Unusable {
    KeyIdentifier id;
    try {
      id = identityOf(provider, query.identity());
    } catch (IdentifierSyntaxException e) {
      throw new Unusable("not a key identifier");
    }
    boolean isIssuers = id.issuer().equals(provider.maf()) || id.issuer().equals(provider.mef());
    if (id.relativeKeyId().isEmpty() || !isIssuers) {
      throw new Unusable("not a key of the MEF or the MAF");
    }
    boolean isForAnother =
        query
            .serverName()
            .filter(name -> provider.isNameOfFunction(name) && !name.equals(provider.cseFqdn()))
            .isPresent();
    if (isForAnother) {
      throw new Unusable("the server name is that of another function");
    }
    return id;
  }

  /** The key, while the issuer's word is fresh; empty where the issuer has to be asked. */
  private Optional<SecretKeyBytes> usable(GatewayStore tx, KeyIdentifier id) throws Unusable {
    Optional<Credential> known = tx.credentials().find(id);
    if (known.filter(held -> hasEnded(held, tx.now())).isPresent()) {
      return Optional.empty();
    }
    Optional<String> obstacle = known.flatMap(credential -> credential.obstacleAt(tx.now()));
    if (obstacle.isPresent()) {
      throw new Unusable(obstacle.get());
    }
    return known.isPresent() && isFreshAt(tx.now(), id)
        ? tx.credentials().key(id)
        : Optional.empty();
  }

  /** Whether nothing but its end is against a key; its issuer may tell of a later one. */
  private static boolean hasEnded(Credential held, Instant now) {
    return !now.isBefore(held.expiresAt())
        && held.status() != Credential.Status.SUPERSEDED
        && held.status() != Credential.Status.REVOKED;
  }

  private boolean isFreshAt(Instant time, KeyIdentifier id) {
    return word(id).filter(word -> time.isBefore(word.at().plus(FRESH_FOR))).isPresent();
  }

  private CompletionStage<Boolean> asked(KeyIdentifier id) {
    return issuers
        .retrieve(id)
        .handle(
            (given, failure) ->
                failure == null ? entered(id, given) : refused(id, Failures.causeOf(failure)))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<Boolean> entered(KeyIdentifier id, RetrievedKey given) {
    return store
        .write(tx -> enter(tx, id, given))
        .whenComplete(
            (done, failure) -> {
              given.key().destroy();
              if (failure == null) {
                synchronized (told) {
                  told.put(id, new Word(clock.instant(), credentialOf(id, given)));
                }
              }
            });
  }

  private static CredentialId credentialOf(KeyIdentifier id, RetrievedKey given) {
    return given
        .credential()
        .orElseGet(
            () ->
                given.usage().isOfMef()
                    ? CredentialId.ofAssociation(id)
                    : CredentialId.towardMaf(id));
  }

  private boolean enter(GatewayStore tx, KeyIdentifier id, RetrievedKey given) throws Unusable {
    boolean isForAssociation =
        given.usage()
            == (id.issuer().equals(provider.maf())
                ? KeyUsage.DISTRIBUTED_FOR_ASSOCIATION
                : KeyUsage.PROVISIONED_FOR_ASSOCIATION);
    if (!isForAssociation) {
      throw new Unusable("the key is for something else than an association");
    }
    if (!tx.now().isBefore(given.expires())) {
      throw new Unusable("the key has ended");
    }
    Optional<Credential> known = tx.credentials().find(id);
    if (known.isEmpty()) {
      add(tx, id, given);
    } else {
      renew(tx, known.get(), given);
    }
    return true;
  }

  /** What is known of a key, as its issuer tells now. */
  private void renew(GatewayStore tx, Credential known, RetrievedKey given) throws Unusable {
    if (!known.client().equals(given.client())) {
      throw new Unusable("the issuer gives the key as another client's");
    }
    if (known.status() == Credential.Status.REMOVED) {
      if (!hasEnded(known, tx.now())) {
        throw new Unusable("the credential is removed");
      }
      Credential again = credential(known.identity(), given);
      if (isSuperseded(tx, again)) {
        throw new Unusable("a newer key superseded the credential");
      }
      generations.renew(tx, again, given.key());
      audit(tx, again, given.usage());
    } else if (!known.expiresAt().equals(given.expires())) {
      generations.renew(tx, known.ending(given.expires()), given.key());
    }
  }

  /**
   * Whether the client uses another key in its place. One that was cleared away does not tell
   * whether it was superseded before.
   */
  private static boolean isSuperseded(GatewayStore tx, Credential again) {
    return tx.credentials().liveOfGroup(again.client(), again.group()).stream()
        .anyMatch(
            other ->
                other.status() == Credential.Status.CURRENT && other.opensHandshakeAt(tx.now()));
  }

  /** Below nothing that is here: what it came from stands at its issuer. */
  private void add(GatewayStore tx, KeyIdentifier id, RetrievedKey given) {
    Credential added = credential(id, given);
    generations.replacePending(tx, given.client(), added.group());
    tx.credentials().add(added, given.key());
    audit(tx, added, given.usage());
  }

  private Credential credential(KeyIdentifier id, RetrievedKey given) {
    String line =
        Generations.group(
            given.client(), provider.sp().fqdn(), given.usage(), provider.absoluteCse().value());
    return new Credential(
        id,
        given.usage().isOfMef() ? Credential.Kind.KPSA : Credential.Kind.KC,
        FunctionRole.CSE,
        given.client(),
        id,
        line,
        Credential.Status.PENDING,
        given.expires());
  }

  private void audit(GatewayStore tx, Credential taken, KeyUsage usage) {
    tx.audit()
        .record(
            provider.absoluteCse().value(),
            AuditAction.KEY_RETRIEVED,
            taken.identity().toString(),
            Attributes.builder()
                .put("client", taken.client().value())
                .put("usage", usage.suid())
                .put("until", taken.expiresAt())
                .build());
  }

  private CompletionStage<Boolean> refused(KeyIdentifier id, Throwable cause) {
    boolean isKeptBack =
        cause instanceof RefusedAnswerException refusal
            && (refusal.status() == ResponseStatusCode.NOT_FOUND
                || refusal.status() == ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
    if (!isKeptBack) {
      return CompletableFuture.failedStage(new Silence(cause));
    }
    return store
        .write(
            tx -> {
              if (tx.credentials().find(id).isPresent()) {
                generations.remove(tx, id);
              }
              return true;
            })
        .thenCompose(
            done ->
                CompletableFuture.failedStage(
                    new Unusable("the issuer keeps the key back: " + Failures.reasonOf(cause))));
  }
}
