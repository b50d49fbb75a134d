// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest entry of the audit log as one database transaction knows it: each entry is chained to
 * the one before, and a commit has many.
 */
final class AuditHead {
  private @Nullable Link newest;

  /** What the next entry is chained to. */
  record Link(long seq, String hash) {}

  /** The newest entry, looked up unless this transaction wrote or saw it. */
  Link newest(Supplier<Link> lookUp) {
    if (newest == null) {
      newest = lookUp.get();
    }
    return newest;
  }

  void append(Link entry) {
    newest = entry;
  }

  /** What was written last may have been undone. */
  void forget() {
    newest = null;
  }
}
