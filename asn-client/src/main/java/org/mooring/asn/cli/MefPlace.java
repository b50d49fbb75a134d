// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.cli;

import org.mooring.asn.PointOfAccess;
import org.mooring.common.identifier.Fqdn;

/** The MEF that a node's credentials are for: its name, and where it is reached. */
record MefPlace(Fqdn name, PointOfAccess where) {
  String host() {
    return where.host();
  }

  int port() {
    return where.port();
  }
}
