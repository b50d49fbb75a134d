// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import org.mooring.common.key.SecretKeyBytes;

/** The sealing key as its owner brings it. */
final class KeyFile extends SecureEnvironment {
  private final SecretKeyBytes key;

  /**
   * @throws VaultException if the key has not 32 octets
   */
  KeyFile(SecretKeyBytes key) {
    super(SealedBy.KEY_FILE);
    if (key.length() != SecretKeyBytes.DERIVED_LENGTH) {
      throw new VaultException("vault: give a --vault-key of 32 octets");
    }
    this.key = key;
  }

  @Override
  Seal create() {
    return new Seal(sealedBy(), key);
  }

  @Override
  Seal open(byte[] parameters) {
    return new Seal(sealedBy(), key);
  }
}
