// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Optional;
import org.mooring.common.identifier.Fqdn;

/** A factory credential that the node bootstraps with. */
public sealed interface MefCredential extends FactoryCredential
    permits BootstrapCredential, BootstrapCertificate, BootstrapRawKey, UsimCredential {
  /** The MEF's FQDN, sent as SNI. */
  Fqdn mef();

  /**
   * The same credential for use at another MEF; empty if only this one knows it.
   *
   * @param other the other MEF's FQDN
   * @param host name or address of it
   * @param port its UDP port
   */
  Optional<MefCredential> at(Fqdn other, String host, int port);

  @Override
  default Rung rung() {
    return Rung.BOOTSTRAP;
  }
}
