// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A key that the DNS server shares with this server, with which both sign (TSIG, RFC 8945).
 *
 * @param name under which the DNS server knows it
 * @param secret 16 octets or more
 */
public record TsigKey(Fqdn name, Algorithm algorithm, SecretKeyBytes secret) {
  private static final int LEAST_OCTETS = 16;
  private static final String FORM = "write NAME:ALGORITHM:KEY, such as mooring:hmac-sha256:file:…";

  /** What RFC 8945 clause 6 lets new keys be used with; MD5 and SHA-1 are for old ones alone. */
  public enum Algorithm {
    HMAC_SHA256,
    HMAC_SHA384,
    HMAC_SHA512;

    /** As RFC 8945 and the configurations of DNS servers have it: {@code hmac-sha256}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * @throws IllegalArgumentException if the secret is too short
   */
  public TsigKey {
    if (secret.length() < LEAST_OCTETS) {
      throw new IllegalArgumentException("key: give at least " + LEAST_OCTETS + " octets");
    }
  }

  /**
   * Reads {@code NAME:ALGORITHM:KEY}, the key as {@link KeyText} has it.
   *
   * @throws IllegalArgumentException naming the part that does not fit, without any of the key
   */
  public static TsigKey parse(String text) {
    int name = text.indexOf(':');
    int algorithm = text.indexOf(':', name + 1);
    if (name < 0 || algorithm < 0) {
      throw new IllegalArgumentException("key: " + FORM);
    }
    try {
      return new TsigKey(
          new Fqdn(text.substring(0, name)),
          algorithm(text.substring(name + 1, algorithm)),
          KeyText.parse(text.substring(algorithm + 1)));
    } catch (IdentifierSyntaxException e) {
      throw new IllegalArgumentException("name: " + FORM);
    }
  }

  private static Algorithm algorithm(String text) {
    return Arrays.stream(Algorithm.values())
        .filter(known -> known.text().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "algorithm: give one of "
                        + Arrays.stream(Algorithm.values())
                            .map(Algorithm::text)
                            .collect(Collectors.joining(", "))));
  }
}
