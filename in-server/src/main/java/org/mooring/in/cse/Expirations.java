// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;

/**
 * The rules of expirationTime (TS-0004 clauses 7.3.3.3 to 7.3.3.5): in the future, never later than
 * the parent's, never earlier than a child's. Below the CSEBase the provider's longest life bounds
 * it.
 */
final class Expirations {
  static final String ATTRIBUTE = "et";
  private static final String SUBJECT = "et (expirationTime)";

  private final Duration longestLife;

  Expirations(Duration longestLife) {
    this.longestLife = longestLife;
  }

  /**
   * The expirationTime of a new resource: as asked for, shortened to what its parent allows.
   *
   * @throws RefusedException EXPIRATION_IN_THE_PAST
   */
  Instant assigned(Instant now, Resource parent, Attributes given) {
    Instant limit = limit(now, parent);
    return asked(now, given).map(wish -> earlier(wish, limit)).orElse(limit);
  }

  /**
   * The expirationTime after an update.
   *
   * @param latestChild the latest one among the children
   * @throws RefusedException EXPIRATION_IN_THE_PAST or EXPIRATION_BEFORE_CHILD
   */
  Instant updated(
      Instant now,
      Resource parent,
      Resource resource,
      Attributes changes,
      Optional<Instant> latestChild) {
    Optional<Instant> asked = asked(now, changes);
    if (asked.isEmpty()) {
      return resource.times().expires();
    }
    Instant earliest = latestChild.orElse(now);
    if (asked.get().isBefore(earliest)) {
      throw Refusal.EXPIRATION_BEFORE_CHILD.of(SUBJECT);
    }
    Instant shortened = earlier(asked.get(), limit(now, parent));
    // A provider that now grants shorter lives does not cut off children that it granted longer.
    return shortened.isBefore(earliest) ? earliest : shortened;
  }

  private Optional<Instant> asked(Instant now, Attributes given) {
    Optional<Instant> asked =
        given.timestamp(ATTRIBUTE).map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    if (asked.isPresent() && !asked.get().isAfter(now)) {
      throw Refusal.EXPIRATION_IN_THE_PAST.of(SUBJECT);
    }
    return asked;
  }

  private Instant limit(Instant now, Resource parent) {
    return parent.isBase()
        ? now.plus(longestLife).truncatedTo(ChronoUnit.SECONDS)
        : parent.times().expires();
  }

  static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
