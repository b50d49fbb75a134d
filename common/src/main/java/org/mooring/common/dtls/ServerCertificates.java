// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.mooring.common.identifier.Fqdn;

/**
 * How a server takes part in handshakes with certificates on both sides.
 *
 * @param functions the names under which it shows its own certificate
 * @param identity that certificate
 * @param issuers whose certificates a client may show, named to it
 * @param clients judges what clients show
 */
public record ServerCertificates(
    Set<Fqdn> functions,
    CertificateIdentity identity,
    List<X509Certificate> issuers,
    CertificateLookup clients) {

  public ServerCertificates {
    functions = Set.copyOf(functions);
    issuers = List.copyOf(issuers);
  }
}
