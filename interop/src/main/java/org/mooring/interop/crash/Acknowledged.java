// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.time.Instant;
import java.util.Locale;

/**
 * What an answer told: from then on no crash may undo it.
 *
 * @param kind what it is
 * @param id the key's identity, the registration's {@code ri}, the resource's path or the enrolee's
 *     KpmId
 * @param owner the enrolee whose it is
 * @param resourceId the {@code ri} of a resource named by its path, empty where the answer did not
 *     tell
 * @param until when it ends by itself
 * @param kill the number of kills before
 */
record Acknowledged(
    Kind kind, String id, Enrolled owner, String resourceId, Instant until, int kill) {

  /** What can be acknowledged. */
  enum Kind {
    ENROLEE,
    ENROLEE_REVOKED,
    KEY_REVOKED,
    MEF_CLIENT_REG,
    MAF_CLIENT_REG,
    KEY,
    REMOTE_CSE,
    CONTAINER,
    CONTENT_INSTANCE;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }
}
