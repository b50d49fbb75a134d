// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.CseId;

/**
 * A CSE whose public domain name somebody took to tell the DNS about.
 *
 * @param cse SP-relative
 * @param isWanted whether the DNS is to have the name, or is not to have it any longer
 * @param takenUntil until when nobody else takes it, unless it changes
 * @param failure what came of the last time, unless that went well
 */
public record PublicName(
    CseId cse, boolean isWanted, Instant takenUntil, Optional<Failure> failure) {
  /**
   * Why the DNS does not have it as it should be.
   *
   * @param since when it failed first
   */
  public record Failure(Instant since, String problem) {}
}
