// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a node's ladder: on each rung the confirmed one, a newer one that is tentative, and
 * how often the rung's credential failed. Immutable.
 */
public final class HeldKeys {
  /** Before the first one. */
  public static final HeldKeys NONE = new HeldKeys(Map.of());

  /** Failures at the last flight after which a rung counts as lost. */
  public static final int FAILURES_TO_LOSE_A_RUNG = 3;

  private final Map<Rung, Holding> rungs;

  private HeldKeys(Map<Rung, Holding> rungs) {
    this.rungs = Map.copyOf(rungs);
  }

  private record Holding(
      @Nullable HeldKey confirmed, @Nullable TentativeKey tentative, int failures) {
    static final Holding NOTHING = new Holding(null, null, 0);
  }

  /** The confirmed key of a rung; what a node bootstraps with is none. */
  public Optional<HeldKey> of(Rung rung) {
    return Optional.ofNullable(on(rung).confirmed());
  }

  /** The one that is newer, and may exist at the server or not. */
  public Optional<TentativeKey> tentative(Rung rung) {
    return Optional.ofNullable(on(rung).tentative());
  }

  /** The tentative key of a rung, unless its target refused it. */
  public Optional<TentativeKey> hopeful(Rung rung) {
    return tentative(rung).filter(key -> !key.refused());
  }

  /** Handshakes under the rung's credential that failed at the last flight, in a row. */
  public int failures(Rung rung) {
    return on(rung).failures();
  }

  /** Whether the rung was lost. */
  public boolean isLost(Rung rung) {
    return failures(rung) >= FAILURES_TO_LOSE_A_RUNG;
  }

  /** Whether the rung has a key that lives and was not lost. */
  public boolean isUsable(Rung rung, Instant serverNow) {
    return of(rung).filter(key -> key.lease().isAliveAt(serverNow)).isPresent() && !isLost(rung);
  }

  /** With a confirmed key; a tentative one and the failures of its rung are history then. */
  public HeldKeys with(Rung rung, HeldKey key) {
    return changed(rung, new Holding(key, null, 0));
  }

  /** Without the confirmed key of a rung. */
  public HeldKeys without(Rung rung) {
    return changed(rung, new Holding(null, on(rung).tentative(), failures(rung)));
  }

  /** With a key that is about to be registered; the one in use stays beside it. */
  public HeldKeys withTentative(Rung rung, TentativeKey key) {
    return changed(rung, new Holding(on(rung).confirmed(), key, failures(rung)));
  }

  /** With the tentative key of a rung, if there is one, as its target refused it. */
  public HeldKeys refused(Rung rung) {
    return tentative(rung).map(key -> withTentative(rung, key.asRefused())).orElse(this);
  }

  /** Without the tentative key of a rung, which exists nowhere. */
  public HeldKeys withoutTentative(Rung rung) {
    return changed(rung, new Holding(on(rung).confirmed(), null, failures(rung)));
  }

  /** With so many failures of the rung's credential in a row. */
  public HeldKeys withFailures(Rung rung, int failures) {
    return changed(rung, new Holding(on(rung).confirmed(), on(rung).tentative(), failures));
  }

  /** Gives every rung another chance. */
  public HeldKeys withoutFailures() {
    HeldKeys forgiven = this;
    for (Rung rung : rungs.keySet()) {
      forgiven = forgiven.withFailures(rung, 0);
    }
    return forgiven;
  }

  private Holding on(Rung rung) {
    return rungs.getOrDefault(rung, Holding.NOTHING);
  }

  private HeldKeys changed(Rung rung, Holding holding) {
    Map<Rung, Holding> after = new EnumMap<>(Rung.class);
    after.putAll(rungs);
    after.put(rung, holding);
    return new HeldKeys(after);
  }
}
