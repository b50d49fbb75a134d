// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.net.InetSocketAddress;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/**
 * What a node's factory and the server share.
 *
 * @param kpmId the identifier, issued by the MEF
 * @param kpm the key
 */
public record Enrolee(KeyIdentifier kpmId, SecretKeyBytes kpm) {

  /**
   * The credential in a node that finds the MEF at an address.
   *
   * @param mef resolved
   */
  public BootstrapCredential credential(InetSocketAddress mef) {
    String host = mef.getAddress().getHostAddress();
    return new BootstrapCredential(
        kpmId, kpm, kpmId.issuer(), host.indexOf(':') < 0 ? host : "[" + host + "]", mef.getPort());
  }
}
