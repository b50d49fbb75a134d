// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.net.InetSocketAddress;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/**
 * An enrolee that the server acknowledged.
 *
 * @param kpmId the identifier of its factory key
 * @param kpm that key
 * @param cseId SP-relative
 */
record Enrolled(KeyIdentifier kpmId, SecretKeyBytes kpm, CseId cseId) {

  /** The credential in a node that finds the MEF on loopback. */
  BootstrapCredential credential(InetSocketAddress mef) {
    return new BootstrapCredential(
        kpmId, kpm, kpmId.issuer(), mef.getAddress().getHostAddress(), mef.getPort());
  }

  /** A name for its files. */
  String fileName() {
    return cseId.stem();
  }
}
