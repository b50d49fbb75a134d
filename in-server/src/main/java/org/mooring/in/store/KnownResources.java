// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.mooring.in.cse.Resource;

/**
 * What one database transaction knows of all resources: the CSEBase, below which most requests
 * begin, and until when none expires.
 */
final class KnownResources {
  private static final long UNKNOWN = Long.MIN_VALUE;

  private @Nullable Resource base;
  private long nextExpiration = UNKNOWN;

  /** The CSEBase, if it was read. */
  Optional<Resource> base() {
    return Optional.ofNullable(base);
  }

  /** Takes note of a resource that was read. */
  void read(Resource resource) {
    if (resource.isBase()) {
      base = resource;
    }
  }

  /** Takes note of a resource that was written. */
  void written(Resource resource) {
    if (resource.isBase()) {
      base = null;
    }
    if (nextExpiration != UNKNOWN) {
      nextExpiration = Math.min(nextExpiration, resource.times().expires().toEpochMilli());
    }
  }

  /**
   * No resource expires before this time, in milliseconds since 1970.
   *
   * @param lookUp asks the database, where this transaction did not before
   */
  long nextExpiration(LongSupplier lookUp) {
    if (nextExpiration == UNKNOWN) {
      nextExpiration = lookUp.getAsLong();
    }
    return nextExpiration;
  }

  /** What was written last may have been undone, or changed by more than one row. */
  void forget() {
    base = null;
    nextExpiration = UNKNOWN;
  }
}
