// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentMethod;

/**
 * What the factory gave: the pre-provisioned credential and where the MEF is.
 *
 * @param id KpmId
 * @param key Kpm
 * @param mef the MEF's FQDN, sent as SNI
 * @param host name or address of the MEF
 * @param port its UDP port
 */
public record BootstrapCredential(
    KeyIdentifier id, SecretKeyBytes key, Fqdn mef, String host, int port)
    implements MefCredential {

  // By hand, as is hashCode: a record's own is put together at its first call, dear at a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof BootstrapCredential that
        && isSameAs(that)
        && mef.equals(that.mef)
        && host.equals(that.host)
        && port == that.port;
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public Optional<SecretKeyBytes> secret() {
    return Optional.of(key);
  }

  @Override
  public EnrolmentMethod method() {
    return EnrolmentMethod.PSK;
  }

  @Override
  public BootstrapCredential reachedAt(String otherHost, int otherPort) {
    return new BootstrapCredential(id, key, mef, otherHost, otherPort);
  }

  @Override
  public Optional<MefCredential> at(Fqdn other, String otherHost, int otherPort) {
    return other.equals(mef) ? Optional.of(reachedAt(otherHost, otherPort)) : Optional.empty();
  }
}
