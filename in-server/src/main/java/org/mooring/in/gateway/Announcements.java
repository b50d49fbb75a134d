// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.Backoff;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.transaction.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registrar informed of who is registered here ({@code dcse}, TS-0001 clause 10.2.2.7
 * step 9), after each change and after each registration of this CSE's own, until it holds. What to
 * tell is read from the tree, so that nothing is lost over a restart.
 *
 * <p>One CSE that the registrar does not take, such as one that was revoked there, is found and
 * left out, and does not keep the others from being announced.
 */
public final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  /** What was left out is tried again after this time, and at each change. */
  private static final Duration AGAIN = Duration.ofMinutes(10);

  private final Transactions<? extends GatewayStore> store;
  private final Registrar registrar;
  private final ScheduledExecutorService scheduler;
  private final Backoff backoff;

  private @Nullable Set<String> told;
  private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
  private CompletableFuture<Void> following = CompletableFuture.completedFuture(null);
  private @Nullable Future<?> timer;
  private boolean registered;
  private boolean underWay;
  private boolean changedMeanwhile;
  private int failures;

  /**
   * @param scheduler for the next try
   */
  public Announcements(
      Transactions<? extends GatewayStore> store,
      Registrar registrar,
      ScheduledExecutorService scheduler,
      Backoff backoff) {
    this.store = store;
    this.registrar = registrar;
    this.scheduler = scheduler;
    this.backoff = backoff;
  }

  /** This CSE has registered: its registrar may know of nobody. */
  public void registered() {
    synchronized (this) {
      registered = true;
      told = null;
    }
    changed();
  }

  /** Who is registered here may have changed. */
  public void changed() {
    synchronized (this) {
      if (!registered) {
        return;
      }
      if (underWay) {
        if (!changedMeanwhile) {
          changedMeanwhile = true;
          following = new CompletableFuture<>();
        }
        return;
      }
      underWay = true;
      if (settled.isDone()) {
        settled = new CompletableFuture<>();
      }
    }
    store
        .read(tx -> ids(CseEndpoint.descendants(tx)))
        .thenCompose(this::tell)
        .whenComplete((left, failure) -> ended(Optional.ofNullable(failure), left));
  }

  /**
   * Completes once what holds now was told: so whoever has just registered here is known at the
   * registrar, unless that could not be told. At once where nothing is to be told. Later changes
   * hold nobody up who waits already.
   */
  public synchronized CompletionStage<Void> settled() {
    return (changedMeanwhile ? following : settled).minimalCompletionStage();
  }

  /** How many CSEs the registrar knows of by this CSE's word; empty while that is not settled. */
  public synchronized Optional<Integer> announced() {
    return Optional.ofNullable(told).map(Set::size);
  }

  private static Set<String> ids(List<CseId> cses) {
    return cses.stream().map(CseId::value).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether some were left out. */
  private CompletionStage<Boolean> tell(Set<String> all) {
    synchronized (this) {
      if (all.equals(told)) {
        return CompletableFuture.completedStage(false);
      }
    }
    return accepted(Set.of(), List.copyOf(all))
        .thenCompose(
            known ->
                known.isEmpty() && !all.isEmpty()
                    ? announce(Set.of()).thenApply(done -> known)
                    : CompletableFuture.completedStage(known))
        .thenApply(
            known -> {
              synchronized (this) {
                told = known;
              }
              return known.size() < all.size();
            });
  }

  /** Announces more beside those that are taken; gives all that are taken then. */
  private CompletionStage<Set<String>> accepted(Set<String> known, List<String> more) {
    Set<String> all = new TreeSet<>(known);
    all.addAll(more);
    return announce(all)
        .handle(
            (done, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedStage(all);
              }
              if (!isAboutOne(Failures.causeOf(failure)) || more.isEmpty()) {
                return CompletableFuture.<Set<String>>failedStage(failure);
              }
              if (more.size() == 1) {
                LOG.warn("the registrar does not take {}: {}", more, Failures.reasonOf(failure));
                return CompletableFuture.completedStage(known);
              }
              int half = more.size() / 2;
              return accepted(known, more.subList(0, half))
                  .thenCompose(some -> accepted(some, more.subList(half, more.size())));
            })
        .thenCompose(stage -> stage);
  }

  /** Whether the registrar does not take one of them; else it takes nothing at the moment. */
  private static boolean isAboutOne(Throwable cause) {
    return cause instanceof RefusedAnswerException refused
        && refused.status() == ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE;
  }

  private CompletionStage<Void> announce(Set<String> all) {
    List<CseId> cses = new ArrayList<>();
    all.forEach(id -> cses.add(new CseId(id)));
    return registrar.announce(cses);
  }

  private void ended(Optional<Throwable> failure, @Nullable Boolean leftSomeOut) {
    boolean again;
    CompletableFuture<Void> waitedFor;
    synchronized (this) {
      waitedFor = settled;
      underWay = false;
      again = changedMeanwhile;
      if (again) {
        settled = following;
      }
      changedMeanwhile = false;
      failures = failure.isPresent() ? failures + 1 : 0;
      if (failure.isPresent()) {
        later(backoff.after(failures, ThreadLocalRandom.current()));
      } else if (Boolean.TRUE.equals(leftSomeOut)) {
        later(AGAIN);
      }
    }
    waitedFor.complete(null);
    if (again) {
      changed();
    }
  }

  /** One more try is waited for at most. */
  private void later(Duration wait) {
    if (timer != null) {
      timer.cancel(false);
    }
    if (!scheduler.isShutdown()) {
      timer = scheduler.schedule(this::changed, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
