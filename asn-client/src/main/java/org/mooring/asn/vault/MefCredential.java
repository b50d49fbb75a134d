// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.resource.EnrolmentMethod;

/** A factory credential that the node bootstraps with. */
public sealed interface MefCredential extends FactoryCredential
    permits BootstrapCredential, BootstrapCertificate, BootstrapRawKey, UsimCredential {
  /** The MEF's FQDN, sent as SNI. */
  Fqdn mef();

  /** How the node proves itself with it. */
  EnrolmentMethod method();

  /**
   * The same credential for use at another MEF; empty if only this one knows it.
   *
   * @param other the other MEF's FQDN
   * @param host name or address of it
   * @param port its UDP port
   */
  Optional<MefCredential> at(Fqdn other, String host, int port);

  @Override
  MefCredential reachedAt(String otherHost, int otherPort);

  /** Whether another credential is for the MEF of this name at this address. */
  default boolean isForSameMef(FactoryCredential other) {
    return other instanceof MefCredential one
        && one.mef().equals(mef())
        && one.host().equals(host())
        && one.port() == port();
  }

  @Override
  default Rung rung() {
    return Rung.BOOTSTRAP;
  }
}
