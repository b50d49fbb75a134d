// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import org.mooring.common.identifier.Fqdn;
import org.mooring.in.provider.ServiceProvider;

/**
 * The DNS in which the CSEs of a provider have public domain names. To give it is to turn
 * communication with other providers' domains on (TS-0001 clause 6.5.3).
 *
 * @param server the host that takes updates of the zone, its primary
 * @param port TCP, 1 to 65535
 * @param key with which updates and answers are signed
 * @param zone in which the names stand
 * @param publicHost whose addresses they have: a name or an address of the infrastructure node
 */
public record DnsSettings(String server, int port, TsigKey key, Fqdn zone, String publicHost) {
  /** The port of DNS servers. */
  public static final int DEFAULT_PORT = 53;

  /**
   * @throws IllegalArgumentException if the names of the provider's CSEs stand outside the zone
   */
  public DnsSettings requireZoneOf(ServiceProvider provider) {
    String names = provider.cseFqdn().value();
    if (!names.equals(zone.value()) && !names.endsWith("." + zone)) {
      throw new IllegalArgumentException("zone: give one in which " + names + " stands");
    }
    return this;
  }
}
