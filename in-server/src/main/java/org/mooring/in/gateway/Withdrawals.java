// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.mooring.asn.Backoff;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.enrolment.Sender;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the IN-CSE know which AEs with a stem of the provider's left this CSE, so that it announces
 * them no longer: each is told until it is answered, over restarts too.
 */
public final class Withdrawals {
  private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);

  private final Transactions<? extends GatewayStore> store;
  private final Sender association;
  private final CseId own;
  private final CseId registrar;
  private final ScheduledExecutorService scheduler;
  private final Backoff backoff;

  private CompletableFuture<Void> round = CompletableFuture.completedFuture(null);
  private boolean changedMeanwhile;
  private int failures;

  /**
   * @param association with the registrar
   * @param own this CSE, SP-relative
   * @param registrar SP-relative
   * @param scheduler for the next try
   */
  public Withdrawals(
      Transactions<? extends GatewayStore> store,
      Sender association,
      CseId own,
      CseId registrar,
      ScheduledExecutorService scheduler,
      Backoff backoff) {
    this.store = store;
    this.association = association;
    this.own = own;
    this.registrar = registrar;
    this.scheduler = scheduler;
    this.backoff = backoff;
  }

  /** An AE may have left, or the association may be there again. */
  public void changed() {
    CompletableFuture<Void> started;
    synchronized (this) {
      if (!round.isDone()) {
        changedMeanwhile = true;
        return;
      }
      started = new CompletableFuture<>();
      round = started;
    }
    store
        .read(CseEndpoint::leftAes)
        .thenCompose(this::tell)
        .whenComplete((told, failure) -> ended(started, failure == null, failure));
  }

  /** Completes once no AE that left is being told of: then one may be announced again. */
  public synchronized CompletionStage<Void> settled() {
    return round.minimalCompletionStage();
  }

  private CompletionStage<Void> tell(List<AeId> left) {
    CompletionStage<Void> told = CompletableFuture.completedStage(null);
    for (AeId stem : left) {
      told = told.thenCompose(before -> tell(stem));
    }
    return told;
  }

  /** Whatever the answer is, the IN-CSE has nothing more of this CSE's to end. */
  private CompletionStage<Void> tell(AeId stem) {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.DELETE, registrar + "/" + stem, RequestIds.random())
            .from(own.value())
            .build();
    return association
        .send(request)
        .thenCompose(
            answer ->
                store.write(
                    tx -> {
                      CseEndpoint.forgetLeftAe(tx, stem);
                      return true;
                    }))
        .thenAccept(done -> {});
  }

  private void ended(CompletableFuture<Void> ended, boolean isTold, Throwable failure) {
    boolean again;
    synchronized (this) {
      failures = isTold ? 0 : failures + 1;
      again = isTold && changedMeanwhile;
      changedMeanwhile = false;
    }
    ended.complete(null);
    if (again) {
      changed();
    } else if (!isTold && !scheduler.isShutdown()) {
      LOG.info("the registrar is told later of AEs that left: {}", Failures.reasonOf(failure));
      var unused =
          scheduler.schedule(
              this::changed,
              backoff.after(failures, ThreadLocalRandom.current()).toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }
}
