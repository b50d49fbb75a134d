// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mooring.common.key.SecretKeyBytes;

/**
 * An AES-256 key that a PKCS#11 token made and does not give away.
 *
 * <p>The token answers a random seed in the head of the vault with its AES-CBC encryption, and the
 * hash of the answer is the key of the local AES-256-GCM. So nobody opens the file without asking
 * this token, and a changed seed gives a key that has nothing to do with the old one.
 *
 * <p>GCM in the token itself would do with SoftHSM2, but the module for a TPM 2.0 has CBC and no
 * GCM, and each of a node's writes would wait for the token. So it is asked once for each process;
 * a token that is pulled out stops the next start, and no write in between.
 *
 * <p>The parameters are the seed (32 octets) and the key's label in ASCII.
 */
final class TokenKey extends SecureEnvironment {
  private static final int SEED_OCTETS = 32;

  private final TokenSettings settings;

  TokenKey(TokenSettings settings) {
    super(SealedBy.TOKEN);
    this.settings = settings;
  }

  @Override
  Seal create() {
    byte[] seed = SecretKeyBytes.random().toByteArray();
    try (Pkcs11Token token = Pkcs11Token.open(settings, settings.keyLabel())) {
      return sealed(seed, settings.keyLabel(), token.answerOfKeyMade(seed));
    }
  }

  @Override
  Seal open(byte[] parameters) {
    byte[] seed = Arrays.copyOf(parameters, SEED_OCTETS);
    String label = labelIn(parameters);
    try (Pkcs11Token token = Pkcs11Token.open(settings, label)) {
      return sealed(seed, label, token.answer(seed));
    }
  }

  /**
   * The label of the key that sealed a vault with these parameters.
   *
   * @throws VaultException if they are no such parameters
   */
  static String labelIn(byte[] parameters) {
    int length = Math.max(0, parameters.length - SEED_OCTETS);
    String label =
        new String(parameters, parameters.length - length, length, StandardCharsets.US_ASCII);
    if (!TokenSettings.isLabel(label)) {
      throw VaultFormat.damaged();
    }
    return label;
  }

  private Seal sealed(byte[] seed, String label, SecretKeyBytes answer) {
    byte[] name = label.getBytes(StandardCharsets.US_ASCII);
    byte[] parameters = ByteBuffer.allocate(SEED_OCTETS + name.length).put(seed).put(name).array();
    try {
      return new Seal(sealedBy(), parameters, SealingKeys.ofToken(answer, seed));
    } finally {
      answer.destroy();
    }
  }
}
