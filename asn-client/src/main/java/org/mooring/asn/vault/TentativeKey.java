// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A key exported from a handshake whose registration was not answered yet: it may exist at the
 * server, or not.
 *
 * @param id the identifier both ends export
 * @param key the whole key
 * @param parent the credential of the handshake it was exported from
 * @param requestId the Request Identifier of its registration
 * @param refused whether its target did not take it
 */
public record TentativeKey(
    KeyIdentifier id, SecretKeyBytes key, KeyIdentifier parent, String requestId, boolean refused) {

  /** The same key, after its target did not take it. */
  public TentativeKey asRefused() {
    return new TentativeKey(id, key, parent, requestId, true);
  }

  /** The key once its issuer or its target has shown that it exists. */
  public HeldKey confirmed(Lease lease) {
    return new HeldKey(id, key, parent, lease);
  }
}
