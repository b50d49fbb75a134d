// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.ClientConfiguration;

/**
 * A factory credential that spares a node the MEF: it opens sessions with the MAF (TS-0003 clause
 * 8.8.3.1), or with the registrar itself (clause 8.2.2). What the MEF would have told came with it.
 */
public sealed interface PreProvisioned extends FactoryCredential
    permits PreProvisionedKey, PreProvisionedKeyPair {
  /** What the node has to know besides. */
  ClientConfiguration configuration();

  /** When the credential ends. */
  Instant expires();

  /** The credential as one that the node holds: it came from no other, and nothing renews it. */
  default HeldKey held() {
    return new HeldKey(
        id(), secret().orElseThrow(), id(), new Lease(expires(), M2mTimestamp.NEVER));
  }
}
