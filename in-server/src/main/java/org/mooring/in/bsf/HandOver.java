// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.CredentialLookup.Unusable;
import org.mooring.common.gba.NafId;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.transaction.Transactions;

/**
 * What this BSF does for application functions of others (TS 33.220 clause 4.5.3): whoever has an
 * agreement gets the keys of its functions, and none of another's.
 */
public final class HandOver {
  private final Transactions<? extends BsfStore> store;
  private final Fqdn name;
  private final Refusals refusals;

  /**
   * @param name this BSF's FQDN
   */
  public HandOver(Transactions<? extends BsfStore> store, Fqdn name, Refusals refusals) {
    this.store = store;
    this.name = name;
    this.refusals = refusals;
  }

  /** What comes of a question. */
  public sealed interface Answer {
    record Given(NafKey key) implements Answer {}

    /** No agreement has this function be asked for. */
    record NotAgreed() implements Answer {}

    /** There is no such key, or it ended; the reason stands in the audit log alone. */
    record Unknown() implements Answer {}
  }

  /**
   * Answers one question. Never waits; the stage fails only where the store does.
   *
   * @param asker who asks, as it proved itself, for the record
   * @param nafs the functions that it may ask for
   */
  public CompletionStage<Answer> handle(
      String asker, Set<Fqdn> nafs, TransactionId transaction, NafId naf) {
    if (!nafs.contains(naf.fqdn())) {
      refusals.refused(asker, transaction.canonical(), "no agreement on " + naf.fqdn());
      return CompletableFuture.completedStage(new Answer.NotAgreed());
    }
    return store
        .write(tx -> given(tx, asker, transaction, naf))
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Refused refused) {
                refusals.refused(asker, transaction.canonical(), refused.reason());
                return new Answer.Unknown();
              }
              return new Answer.Given(((Outcome.Given) outcome).key());
            });
  }

  private sealed interface Outcome {
    record Given(NafKey key) implements Outcome {}

    record Refused(String reason) implements Outcome {}
  }

  private Outcome given(BsfStore tx, String asker, TransactionId transaction, NafId naf) {
    try {
      if (!transaction.bsf().equals(name)) {
        return new Outcome.Refused("the B-TID is another BSF's");
      }
      Credential ks = OwnBsf.usable(tx, transaction);
      NafKey key =
          new NafKey(
              OwnBsf.key(tx, ks, naf), Optional.of(OwnBsf.impi(ks)), Optional.of(ks.expiresAt()));
      tx.audit()
          .record(
              asker,
              AuditAction.NAF_KEY_HANDED_OVER,
              ks.identity().toString(),
              Attributes.builder()
                  .put("naf", naf.fqdn().value())
                  .put("impi", ks.parent().toString())
                  .put("until", ks.expiresAt())
                  .build());
      return new Outcome.Given(key);
    } catch (Unusable e) {
      return new Outcome.Refused(String.valueOf(e.getMessage()));
    }
  }
}
