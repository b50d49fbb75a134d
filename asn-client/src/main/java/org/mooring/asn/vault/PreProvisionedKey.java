// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.ClientConfiguration;

/**
 * Km, shared with the MAF (TS-0003 clause 8.8.3.1), or Kpsa, shared with the registrar (clause
 * 8.2.2.1).
 *
 * @param id KmId or KpsaId
 * @param key Km or Kpsa
 * @param rung {@link Rung#MAF} or {@link Rung#ASSOCIATION}
 * @param expires when the key ends
 * @param configuration what the node has to know besides
 * @param host name or address of the provider's server
 * @param port its UDP port
 */
public record PreProvisionedKey(
    KeyIdentifier id,
    SecretKeyBytes key,
    Rung rung,
    Instant expires,
    ClientConfiguration configuration,
    String host,
    int port)
    implements PreProvisioned {

  /**
   * @throws IllegalArgumentException if no key of this rung can be pre-provisioned
   */
  public PreProvisionedKey {
    if (rung != Rung.MAF && rung != Rung.ASSOCIATION) {
      throw new IllegalArgumentException("rung: a pre-provisioned key is a Km or a Kpsa");
    }
  }

  @Override
  public Optional<SecretKeyBytes> secret() {
    return Optional.of(key);
  }

  @Override
  public PreProvisionedKey reachedAt(String otherHost, int otherPort) {
    return new PreProvisionedKey(id, key, rung, expires, configuration, otherHost, otherPort);
  }
}
