// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.mef.FactoryCredential;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.quota.Inquiries;
import org.mooring.in.transaction.Transactions;

/**
 * An operator's BSF, which an agreement lets functions here ask for keys over Zn. It authenticated
 * the node; which of the provider's enrolees that is follows from the IMPI that it tells.
 *
 * <p>What was learned stands in the index of credentials as a Ks of our own does, but for the key
 * itself: of that there are the Ks_NAF of the functions that were shown the B-TID, sealed. So a
 * node comes back while the BSF is away, and after a restart, and what ends the credential wipes
 * them.
 */
public final class OperatorBsf implements Bsf {
  private final Fqdn name;
  private final Transactions<? extends BsfStore> store;
  private final Zn zn;
  private final SessionKeys sessionKeys;
  private final Inquiries<Question> inquiries;

  /** Which function asks for the key of which B-TID. */
  private record Question(TransactionId transaction, NafId naf) {}

  /**
   * @param name the BSF's FQDN, by which its B-TIDs are known
   */
  public OperatorBsf(
      Fqdn name,
      Transactions<? extends BsfStore> store,
      Zn zn,
      ServiceProvider provider,
      Generations generations,
      InstantSource clock) {
    this.name = name;
    this.store = store;
    this.zn = zn;
    this.sessionKeys = new SessionKeys(provider, generations);
    this.inquiries = new Inquiries<>("the BSF", clock);
  }

  @Override
  public CompletionStage<SecretKeyBytes> retrieve(
      TransactionId transaction, NafId naf, ByteBuffer source) {
    return store
        .lookUp(tx -> held(tx, transaction, naf))
        .thenCompose(
            held ->
                held.isPresent()
                    ? CompletableFuture.completedStage(held.get())
                    : asked(transaction, naf, source));
  }

  private CompletionStage<SecretKeyBytes> asked(
      TransactionId transaction, NafId naf, ByteBuffer source) {
    return inquiries
        .ask(
            new Question(transaction, naf),
            source,
            () -> zn.ask(transaction, naf).thenCompose(given -> entered(transaction, naf, given)))
        .thenCompose(entered -> store.lookUp(tx -> justEntered(tx, transaction, naf)));
  }

  /** The function's key; empty where the BSF has to be asked. */
  private static Optional<SecretKeyBytes> held(BsfStore tx, TransactionId transaction, NafId naf)
      throws Unusable {
    Optional<Credential> known = tx.credentials().find(transaction.canonical());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    OwnBsf.requireUsable(tx, known.get());
    return NafKeyRing.stored(tx, known.get(), naf);
  }

  private static SecretKeyBytes justEntered(BsfStore tx, TransactionId transaction, NafId naf)
      throws Unusable {
    return held(tx, transaction, naf).orElseThrow(() -> new Unusable("the key is gone again"));
  }

  private CompletionStage<Boolean> entered(TransactionId transaction, NafId naf, NafKey given) {
    return store
        .write(tx -> enter(tx, transaction, naf, given))
        .whenComplete((done, failure) -> given.key().destroy());
  }

  private boolean enter(BsfStore tx, TransactionId transaction, NafId naf, NafKey given)
      throws Unusable {
    Instant end = given.expiresAt().orElse(M2mTimestamp.NEVER);
    if (!tx.now().isBefore(end)) {
      throw new Unusable("the key that the BSF gave has ended");
    }
    Credential subscription = subscription(tx, given.impi());
    Optional<Credential> known = tx.credentials().find(transaction.canonical());
    Credential key;
    if (known.isPresent()) {
      key = joined(tx, known.get(), subscription, naf, given.key());
    } else {
      SecretKeyBytes ring = NafKeyRing.of(naf, given.key());
      key = sessionKeys.add(tx, subscription, transaction, ring, end);
      ring.destroy();
    }
    tx.audit()
        .record(
            naf.fqdn().value(),
            AuditAction.NAF_KEY_RETRIEVED,
            key.identity().toString(),
            Attributes.builder()
                .put("bsf", name.value())
                .put("impi", subscription.identity().toString())
                .put("client", key.client().value())
                .put("until", key.expiresAt())
                .build());
    return true;
  }

  /** A further function of ours has been shown the same B-TID. */
  private static Credential joined(
      BsfStore tx, Credential known, Credential subscription, NafId naf, SecretKeyBytes key)
      throws Unusable {
    OwnBsf.requireUsable(tx, known);
    if (!known.parent().equals(subscription.identity())) {
      throw new Unusable("the BSF told another IMPI before");
    }
    Optional<SecretKeyBytes> ring = tx.credentials().key(known.identity());
    SecretKeyBytes longer =
        ring.map(keys -> NafKeyRing.with(keys, naf, key)).orElseGet(() -> NafKeyRing.of(naf, key));
    tx.credentials().replaceKey(known.identity(), longer);
    longer.destroy();
    ring.ifPresent(SecretKeyBytes::destroy);
    return known;
  }

  /**
   * What the enrolee came with. The operator speaks for its own subscribers alone, not for those
   * whose USIM this server or another operator knows.
   */
  private Credential subscription(BsfStore tx, Optional<Impi> told) throws Unusable {
    Impi impi = told.orElseThrow(() -> new Unusable("the BSF does not tell the IMPI"));
    Credential subscription =
        SessionKeys.subscription(tx, impi)
            .orElseThrow(() -> new Unusable("no enrolee with the IMPI may enrol: " + impi));
    boolean isTheirs =
        tx.enrolees()
            .factoryCredential(subscription.identity())
            .flatMap(FactoryCredential::operatorBsf)
            .filter(name::equals)
            .isPresent();
    if (!isTheirs) {
      throw new Unusable("the enrolee's IMPI is not of this BSF's: " + impi);
    }
    return subscription;
  }
}
