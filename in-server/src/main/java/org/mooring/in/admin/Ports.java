// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import org.mooring.common.primitive.Attributes;

/**
 * The ports a running server was given.
 *
 * @param coaps UDP, DTLS: MEF, MAF and CSE
 * @param coap UDP on the loopback address
 * @param http TCP on the loopback address: the admin API
 * @param ub TCP and UDP: Ub of GBA; 0 where the server has none
 * @param zn TCP: Zn of GBA; 0 where the server has none
 */
public record Ports(int coaps, int coap, int http, int ub, int zn) {
  private static final int LARGEST = 65_535;

  /** Those of a server without GBA. */
  public Ports(int coaps, int coap, int http) {
    this(coaps, coap, http, 0, 0);
  }

  /**
   * The form of {@code ports.json}: {@code {"coaps":…,"coap":…,"http":…}}, with {@code "ub"} and
   * {@code "zn"} where there is one.
   */
  public Attributes toAttributes() {
    Attributes.Builder ports =
        Attributes.builder().put("coaps", coaps).put("coap", coap).put("http", http);
    if (ub > 0) {
      ports.put("ub", ub);
    }
    if (zn > 0) {
      ports.put("zn", zn);
    }
    return ports.build();
  }

  /**
   * Reads what {@link #toAttributes} gave.
   *
   * @throws IllegalArgumentException if one of the first three is missing, or one is no port
   */
  public static Ports read(Attributes attributes) {
    return new Ports(
        port(attributes, "coaps"),
        port(attributes, "coap"),
        port(attributes, "http"),
        attributes.has("ub") ? port(attributes, "ub") : 0,
        attributes.has("zn") ? port(attributes, "zn") : 0);
  }

  private static int port(Attributes attributes, String name) {
    long port = attributes.whole(name).orElse(0);
    if (port < 1 || port > LARGEST) {
      throw new IllegalArgumentException(name + ": give a port number");
    }
    return (int) port;
  }
}
