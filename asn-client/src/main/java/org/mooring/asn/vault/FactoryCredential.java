// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;

/** The credential that a node came with, on the lowest rung of its ladder. */
public sealed interface FactoryCredential permits MefCredential, PreProvisioned {
  /** The psk_identity, or what stands for the name in a certificate or for a public key. */
  KeyIdentifier id();

  /** The pre-shared key, or the encoding of a private one; none where the node never sees it. */
  Optional<SecretKeyBytes> secret();

  /** Name or address of the provider's server, where no point of access was told. */
  String host();

  /** Its UDP port. */
  int port();

  /** The rung below which there is none. */
  Rung rung();

  /** The same where the provider's server has another address. */
  FactoryCredential reachedAt(String otherHost, int otherPort);

  /** Whether it is the same identity and key, wherever it is used. */
  default boolean isSameAs(FactoryCredential other) {
    return id().equals(other.id()) && secret().equals(other.secret());
  }
}
