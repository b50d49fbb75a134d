// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.file.Path;
import org.mooring.common.key.SecretKeyBytes;

/**
 * The node's Secure Environment (TS-0003 clause 6.3.1): where the key that seals its vault comes
 * from.
 */
public abstract sealed class SecureEnvironment permits KeyInVault, KeyFile, MachineId, TokenKey {
  private final SealedBy sealedBy;

  SecureEnvironment(SealedBy sealedBy) {
    this.sealedBy = sealedBy;
  }

  /** The key in {@code vault.key} in the vault's folder. */
  public static SecureEnvironment keyInVault(Path folder) {
    return new KeyInVault(folder);
  }

  /**
   * A key kept elsewhere.
   *
   * @param key 32 octets
   * @throws VaultException if the key has another length
   */
  public static SecureEnvironment keyFile(SecretKeyBytes key) {
    return new KeyFile(key);
  }

  /** The id of this machine, mixed with {@code vault.salt} in the vault's folder. */
  public static SecureEnvironment machineId(Path folder) {
    return new MachineId(folder, MachineId.FILES);
  }

  /** An AES key in a PKCS#11 token; the token is needed when the vault is first read or written. */
  public static SecureEnvironment token(TokenSettings settings) {
    return new TokenKey(settings);
  }

  public final SealedBy sealedBy() {
    return sealedBy;
  }

  /**
   * The seal of a new vault; what is missing for it is made.
   *
   * @throws VaultException if that can not be made or used
   */
  abstract Seal create();

  /**
   * The seal of a vault that is there; nothing is made.
   *
   * @param parameters what {@link #create} left in the head of the file
   * @throws VaultException if what seals it is missing or can not be used
   */
  abstract Seal open(byte[] parameters);
}
