// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a node bootstraps with its USIM, reference point Ub: {@code coap://host:port} or {@code
 * http://host:port}. Neither needs TLS: the exchange brings its own protection (RFC 3310).
 *
 * @param scheme {@code coap} or {@code http}
 * @param host a name, or an address, an IPv6 one in brackets
 * @param port a UDP or TCP port
 */
public record UbAddress(String scheme, String host, int port) {
  private static final String COAP = "coap";
  private static final String HTTP = "http";
  private static final String FORM = "Ub: write coap://host:port or http://host:port";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if the text has another form or scheme
   */
  public static UbAddress parse(String text) {
    try {
      URI uri = new URI(text);
      boolean isKnown = COAP.equals(uri.getScheme()) || HTTP.equals(uri.getScheme());
      if (isKnown && uri.getHost() != null && uri.getPort() > 0) {
        return new UbAddress(uri.getScheme(), uri.getHost(), uri.getPort());
      }
    } catch (URISyntaxException e) {
      // Refused below like another scheme.
    }
    throw new IllegalArgumentException(FORM);
  }

  public boolean isHttp() {
    return scheme.equals(HTTP);
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
