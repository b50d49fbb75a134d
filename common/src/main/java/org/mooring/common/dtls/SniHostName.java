// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.util.Optional;
import org.eclipse.californium.scandium.util.ServerName.NameType;
import org.eclipse.californium.scandium.util.ServerNames;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.Fqdn;

/** The host name in a server name indication (RFC 6066 clause 3). */
final class SniHostName {
  private SniHostName() {}

  /** Empty if none was sent or it is no domain name. */
  static Optional<Fqdn> of(@Nullable ServerNames names) {
    return Optional.ofNullable(names)
        .map(all -> all.getServerName(NameType.HOST_NAME))
        .map(name -> name.getNameAsString())
        .filter(Fqdn::isValid)
        .map(Fqdn::new);
  }
}
