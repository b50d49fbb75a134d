// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.time.Instant;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.in.provider.FunctionRole;

/**
 * The one way in which a MAF or a CSE learns a key that another function holds (TS-0003 clauses
 * 8.3.2.1 and 8.8.2.8). It only reads.
 */
public interface KeyRetrieval {

  /**
   * An authenticated function that asks.
   *
   * @param role MAF or CSE: the usage it may ask for follows from it
   * @param fqdn a MAF-FQDN, or the domain form of a CSE-ID
   */
  record Reader(FunctionRole role, Fqdn fqdn) {}

  /**
   * A key in the hands of its target.
   *
   * @param key derived for the reader, or as distributed; the reader destroys it
   * @param client the absolute CSE-ID of the source client
   * @param expiresAt when the key ends
   * @param usage the one security feature it may serve
   */
  record RetrievedKey(SecretKeyBytes key, EntityId client, Instant expiresAt, KeyUsage usage) {}

  /**
   * The key as this reader may have it.
   *
   * @throws org.mooring.common.primitive.RefusedException NO_SUCH_RESOURCE if no key with this id
   *     may open sessions now, NOT_A_TARGET if it is meant for another reader
   */
  RetrievedKey retrieve(TrustStore store, RelativeKeyId id, Reader reader);
}
