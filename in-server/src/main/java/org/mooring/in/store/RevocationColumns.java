// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.mooring.in.app.Standing;

/** The columns revoked_at and revoked_reason of applications and their tokens. */
final class RevocationColumns {
  private RevocationColumns() {}

  /** Reads the two. */
  static Standing read(Row row) throws SQLException {
    Instant at = row.time();
    @Nullable String reason = row.optionalText();
    return reason == null ? new Standing.Active() : new Standing.Revoked(at, reason);
  }
}
