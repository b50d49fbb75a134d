// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.identifier.Fqdn;

/** A factory credential that the node bootstraps with. */
public sealed interface MefCredential extends FactoryCredential
    permits BootstrapCredential, BootstrapCertificate {
  /** The MEF's FQDN, sent as SNI. */
  Fqdn mef();

  @Override
  default Rung rung() {
    return Rung.BOOTSTRAP;
  }
}
