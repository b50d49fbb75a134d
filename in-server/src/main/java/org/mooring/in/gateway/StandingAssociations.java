// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * Asks the issuers again for the keys whose sessions stand, before their word is old, so that a
 * session ends soon after its key was revoked at the issuer. While an issuer is silent the sessions
 * go on (design section 6).
 */
public final class StandingAssociations {
  /** How often to {@link #look}: a word does not grow older than it counts between two looks. */
  public static final Duration PERIOD = Duration.ofSeconds(2);

  /** Keys that are asked for at once, beside those of handshakes. */
  private static final int AT_ONCE = 8;

  private final Supplier<? extends Collection<KeyIdentifier>> inUse;
  private final DistributedKeys keys;
  private CompletableFuture<Void> round = CompletableFuture.completedFuture(null);

  /**
   * @param inUse the keys of which a session stands
   */
  public StandingAssociations(
      Supplier<? extends Collection<KeyIdentifier>> inUse, DistributedKeys keys) {
    this.inUse = inUse;
    this.keys = keys;
  }

  /**
   * Asks for those whose word would be too old at the next look, unless the round before is still
   * under way. Never waits.
   *
   * @return completes when the round has ended
   */
  public synchronized CompletionStage<Void> look() {
    if (!round.isDone()) {
      return round;
    }
    Round next = new Round();
    for (KeyIdentifier id : inUse.get()) {
      if (keys.isDueWithin(PERIOD, id)) {
        next.due.add(id);
      }
    }
    CompletableFuture<?>[] askers = new CompletableFuture<?>[Math.min(AT_ONCE, next.due.size())];
    for (int i = 0; i < askers.length; i++) {
      askers[i] = next.askOn();
    }
    round = CompletableFuture.allOf(askers);
    return round;
  }

  /** One look's keys, of which each asker takes the next until none is left. */
  private final class Round {
    private final Queue<KeyIdentifier> due = new ArrayDeque<>();
    private final Set<Fqdn> silent = new HashSet<>();

    CompletableFuture<Void> askOn() {
      KeyIdentifier next = next();
      return next == null
          ? CompletableFuture.completedFuture(null)
          : keys.askAgain(next)
              .thenCompose(
                  answered -> {
                    if (!answered) {
                      note(next.issuer());
                    }
                    return askOn();
                  })
              .toCompletableFuture();
    }

    private synchronized @Nullable KeyIdentifier next() {
      KeyIdentifier next = due.poll();
      while (next != null && silent.contains(next.issuer())) {
        next = due.poll();
      }
      return next;
    }

    /** What else the round has of that issuer's would wait in vain. */
    private synchronized void note(Fqdn issuer) {
      silent.add(issuer);
    }
  }
}
