// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditVerification;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/** Reads what there is to know of a server from its store. */
public final class StoreServerAdmin implements ServerAdmin {
  private final Transactions<Repositories> store;
  private final Supplier<Attributes> liveStatus;

  /**
   * @param liveStatus what the server knows of itself at this moment; must not block
   */
  public StoreServerAdmin(Transactions<Repositories> store, Supplier<Attributes> liveStatus) {
    this.store = store;
    this.liveStatus = liveStatus;
  }

  @Override
  public CompletionStage<Attributes> status() {
    return CompletableFuture.completedFuture(liveStatus.get());
  }

  @Override
  public CompletionStage<Attributes> verifyAudit() {
    return store.read(tx -> document(tx.auditLog().verify()));
  }

  @Override
  public CompletionStage<List<Attributes>> audit(int limit) {
    return store.read(
        tx ->
            tx.auditLog().latest(limit).stream()
                .map(
                    entry ->
                        Attributes.builder()
                            .put("seq", entry.seq())
                            .put("at", entry.at().toString())
                            .put("actor", entry.actor())
                            .put("action", entry.action())
                            .put("subject", entry.subject())
                            .put("detail", entry.detail())
                            .build())
                .toList());
  }

  private static Attributes document(AuditVerification verification) {
    Attributes.Builder document =
        Attributes.builder()
            .put("intact", verification.intact())
            .put("entries", verification.entries())
            .put("head", verification.head());
    verification.firstBroken().ifPresent(seq -> document.put("firstBroken", seq));
    return document.build();
  }
}
