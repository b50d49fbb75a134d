// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import java.net.InetAddress;
import java.util.List;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;

/**
 * The part of the provider's DNS that the IN-CSE keeps. Each call may be repeated, and touches no
 * name that somebody else made. Calls block.
 */
interface Zone {
  /**
   * Has a name lead to these addresses and to no others.
   *
   * @param addresses one or more, IPv4 and IPv6
   * @return whether that changed the zone
   * @throws NameRefusedException if this name can not be had
   * @throws ZoneUnavailableException if no name can be changed at the moment
   */
  boolean publish(Fqdn name, CseId cse, List<InetAddress> addresses)
      throws NameRefusedException, ZoneUnavailableException;

  /**
   * Takes a name away.
   *
   * @return whether that changed the zone: not if the name was gone or never there
   * @throws NameRefusedException if this name can not be changed
   * @throws ZoneUnavailableException if no name can be changed at the moment
   */
  boolean withdraw(Fqdn name, CseId cse) throws NameRefusedException, ZoneUnavailableException;
}
