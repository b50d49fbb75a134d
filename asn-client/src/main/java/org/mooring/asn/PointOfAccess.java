// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.mooring.asn.vault.FactoryCredential;

/**
 * Where a function is reached: {@code coaps://host[:port]}.
 *
 * @param host a name, or an address, an IPv6 one in brackets
 * @param port a UDP port
 */
public record PointOfAccess(String host, int port) {
  /** The default port of coaps (RFC 7252 clause 12.7). */
  public static final int DEFAULT_PORT = 5684;

  private static final String FORM = "point of access: write coaps://host:port";

  /**
   * Reads {@code coaps://host:port}.
   *
   * @throws IllegalArgumentException if the text has another form or scheme
   */
  public static PointOfAccess parse(String text) {
    try {
      URI uri = new URI(text);
      String host = uri.getHost();
      if (!"coaps".equalsIgnoreCase(uri.getScheme()) || host == null) {
        throw new IllegalArgumentException(FORM);
      }
      return new PointOfAccess(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(FORM);
    }
  }

  /**
   * One of the advertised points, another one at each attempt; where none is advertised, the host
   * and port that the node came with.
   */
  static PointOfAccess choose(List<String> advertised, int attempt, FactoryCredential factory) {
    List<String> usable =
        advertised.stream().filter(poa -> poa.regionMatches(true, 0, "coaps://", 0, 8)).toList();
    return usable.isEmpty()
        ? new PointOfAccess(factory.host(), factory.port())
        : parse(usable.get(attempt % usable.size()));
  }

  /**
   * Asks the resolver, so network threads stay away.
   *
   * @throws IllegalStateException if the name does not resolve
   */
  InetSocketAddress resolve() {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new IllegalStateException("the name " + host + " does not resolve");
    }
    return address;
  }
}
