// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.bsf;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.mooring.common.identifier.Fqdn;

/**
 * Which application functions somebody else may ask for (TS 33.220 clause 4.4.6: the BSF makes sure
 * that a NAF is who it says).
 *
 * @param peer the name in the certificate that whoever asks shows
 * @param nafs the FQDNs of its functions
 */
public record Agreement(Fqdn peer, Set<Fqdn> nafs) {
  public Agreement {
    nafs = Set.copyOf(nafs);
  }

  /**
   * Reads {@code PEER=FQDN,FQDN…}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static Agreement parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      throw new IllegalArgumentException("agreement: write PEER=FQDN, and more behind commas");
    }
    return new Agreement(
        new Fqdn(text.substring(0, equals)),
        Arrays.stream(text.substring(equals + 1).split(",", -1))
            .map(Fqdn::new)
            .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public String toString() {
    return peer + "=" + nafs.stream().map(Fqdn::value).sorted().collect(Collectors.joining(","));
  }
}
