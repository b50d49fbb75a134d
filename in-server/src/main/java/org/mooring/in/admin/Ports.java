// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import org.mooring.common.primitive.Attributes;

/**
 * The ports a running server was given.
 *
 * @param coaps UDP, DTLS: MEF, MAF and CSE
 * @param coap UDP on the loopback address
 * @param http TCP on the loopback address: the admin API
 */
public record Ports(int coaps, int coap, int http) {
  private static final int LARGEST = 65_535;

  /** The form of {@code ports.json}: {@code {"coaps":…,"coap":…,"http":…}}. */
  public Attributes toAttributes() {
    return Attributes.builder().put("coaps", coaps).put("coap", coap).put("http", http).build();
  }

  /**
   * Reads what {@link #toAttributes} gave.
   *
   * @throws IllegalArgumentException if one of the three is missing or no port
   */
  public static Ports read(Attributes attributes) {
    return new Ports(port(attributes, "coaps"), port(attributes, "coap"), port(attributes, "http"));
  }

  private static int port(Attributes attributes, String name) {
    long port = attributes.whole(name).orElse(0);
    if (port < 1 || port > LARGEST) {
      throw new IllegalArgumentException(name + ": give a port number");
    }
    return (int) port;
  }
}
