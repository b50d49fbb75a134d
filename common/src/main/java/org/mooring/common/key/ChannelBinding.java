// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.key;

import java.util.Arrays;

/**
 * The {@code tls-exporter} channel binding of one DTLS session (RFC 9266): 32 octets that the
 * exporter gives for {@code EXPORTER-Channel-Binding} and a context of length zero. What contains
 * it is worth nothing in another session.
 */
public final class ChannelBinding {
  /** The exporter's label, ASCII without a terminator. */
  public static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";

  /** Octets to ask of the exporter. */
  public static final int OCTETS = 32;

  private final byte[] octets;

  private ChannelBinding(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Copies the octets.
   *
   * @throws IllegalArgumentException if there are not {@link #OCTETS}
   */
  public static ChannelBinding of(byte[] octets) {
    if (octets.length != OCTETS) {
      throw new IllegalArgumentException("channel binding: give 32 octets");
    }
    return new ChannelBinding(octets.clone());
  }

  byte[] octets() {
    return octets;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChannelBinding that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  @Override
  public String toString() {
    return "ChannelBinding[" + OCTETS + " octets]";
  }
}
