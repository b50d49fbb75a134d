// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/**
 * A key that its issuer confirmed, or what the node came with on a rung.
 *
 * @param id the psk_identity that goes with it, or what stands for a certificate or public key
 * @param key the whole key, or the private one's PKCS#8 encoding
 * @param parent the credential whose session or derivation it came from; once that one is replaced,
 *     this key is to be replaced too
 * @param lease its lifetime
 */
public record HeldKey(KeyIdentifier id, SecretKeyBytes key, KeyIdentifier parent, Lease lease) {
  /** The same key, to be replaced from this time on. */
  public HeldKey dueAt(Instant time) {
    return new HeldKey(id, key, parent, new Lease(lease.expires(), time));
  }
}
