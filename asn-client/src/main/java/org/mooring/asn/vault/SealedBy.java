// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.util.Arrays;
import java.util.Optional;

/**
 * What guards a vault's sealing key; it stands in the head of the file.
 *
 * <p>The level is that of TS-0003 table 6.3.1-1, for the vault at rest and in use. None is above
 * {@link #LOW}, whatever the token: DTLS takes its keys as octets, so a running node has them in
 * the memory of an ordinary process.
 */
public enum SealedBy {
  /** {@code vault.key} in the vault's folder: who copies the folder has the key. */
  VAULT_KEY(1, "file", "vault.key beside it", SealedBy.NONE),
  /** A key file that the owner keeps elsewhere. */
  KEY_FILE(2, "file", "a key file kept elsewhere", SealedBy.LOW),
  /** The machine id, which is no secret, mixed with a salt in the vault's folder. */
  MACHINE_ID(3, "file", "the machine id with vault.salt", SealedBy.NONE),
  /** A key that never leaves a PKCS#11 token. */
  TOKEN(4, "pkcs11", "a PKCS#11 token", SealedBy.LOW);

  private static final int NONE = 0;
  private static final int LOW = 1;

  private final int octet;
  private final String backEnd;
  private final String text;
  private final int protectionLevel;

  SealedBy(int octet, String backEnd, String text, int protectionLevel) {
    this.octet = octet;
    this.backEnd = backEnd;
    this.text = text;
    this.protectionLevel = protectionLevel;
  }

  /** Its octet in the head of a vault file. */
  int octet() {
    return octet;
  }

  static Optional<SealedBy> ofOctet(int octet) {
    return Arrays.stream(values()).filter(by -> by.octet == octet).findFirst();
  }

  /** {@code file} or {@code pkcs11}. */
  public String backEnd() {
    return backEnd;
  }

  /** In words, to follow 'sealed by'. */
  public String text() {
    return text;
  }

  /** 0 none, 1 low (TS-0003 clause 6.3.1). */
  public int protectionLevel() {
    return protectionLevel;
  }
}
