// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.file.Path;

/** The sealing key in a file of the vault's own folder: it keeps away those who see one file. */
final class KeyInVault extends SecureEnvironment {
  static final String FILE = "vault.key";

  private final Path folder;

  KeyInVault(Path folder) {
    super(SealedBy.VAULT_KEY);
    this.folder = folder;
  }

  @Override
  Seal create() {
    return new Seal(sealedBy(), new VaultDirectory(folder).secretMade(FILE));
  }

  @Override
  Seal open(byte[] parameters) {
    return new Seal(sealedBy(), new VaultDirectory(folder).secret(FILE));
  }
}
