// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.List;
import java.util.Optional;

/**
 * What of the registration of an AE is held against the rules (TS-0001 clause 10.2.2.2 step 003).
 *
 * @param credential of the security association; empty outside one
 * @param appId App-ID (api)
 * @param from an AE-ID-Stem; or {@code S}, {@code C} or nothing, where one is to be assigned that
 *     starts so, or with either (cases iii to v of step 002)
 */
public record AeRegistration(Optional<CredentialId> credential, String appId, String from) {
  /** Which letter a stem gets where the AE leaves that to the provider's policy. */
  private static final List<Character> PREFERENCE = List.of('C', 'S');

  /** Whether From leaves the stem to be assigned. */
  public static boolean asksForStem(String from) {
    return from.isEmpty() || from.equals("C") || from.equals("S");
  }

  /** The letters that a stem to be assigned may start with, the preferred one first. */
  List<Character> letters() {
    return from.isEmpty() ? PREFERENCE : List.of(from.charAt(0));
  }
}
