// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.mooring.common.key.SecretKeyBytes;

/** A vault file opens to a state that can be sealed again, or is refused in fixed words. */
class VaultFormatFuzzTest {
  private static final String FIXED_WORDS =
      "vault: (this file is no vault; restore it, or reset the node"
          + "|written by a newer program \\(version \\d+\\); use that one"
          + "|damaged, or sealed under another key; restore the file or give its --vault-key or token)";

  private static final byte[] HEADER = {'M', 'V', 'L', 'T', 1};
  private static final byte[] TELLING = {'M', 'V', 'L', 'T', 3};
  private static final byte[] NONCE = new byte[12];

  private final SecretKeyBytes sealingKey = SecretKeyBytes.copyOf(new byte[32]);
  private final VaultFormat format =
      new VaultFormat(new Seal(SealedBy.KEY_FILE, sealingKey), List.of());

  private final VaultFormat telling =
      new VaultFormat(
          new Seal(SealedBy.KEY_FILE, sealingKey),
          List.of(UnaryOperator.identity(), UnaryOperator.identity()));

  @FuzzTest
  void aFileOpensOrIsRefused(byte[] file) {
    opened(file).ifPresent(this::canBeSealedAgain);
  }

  /** The same behind the head of a file that tells its seal. */
  @FuzzTest
  void aFileThatTellsItsSealOpensOrIsRefused(byte[] rest) {
    byte[] file = Arrays.copyOf(TELLING, TELLING.length + rest.length);
    System.arraycopy(rest, 0, file, TELLING.length, rest.length);
    try {
      canBeSealedAgain(telling.open(file));
    } catch (VaultException e) {
      assertThat(e).hasNoCause();
      assertThat(e.getMessage()).matches(FIXED_WORDS);
    }
  }

  /** What only a holder of the sealing key, or an older program, can have written. */
  @FuzzTest
  void sealedContentOpensOrIsRefused(byte[] content) throws GeneralSecurityException {
    opened(sealed(content)).ifPresent(this::canBeSealedAgain);
  }

  private Optional<NodeState> opened(byte[] file) {
    try {
      return Optional.of(format.open(file));
    } catch (VaultException e) {
      assertThat(e).hasNoCause();
      assertThat(e.getMessage()).matches(FIXED_WORDS);
      return Optional.empty();
    }
  }

  private void canBeSealedAgain(NodeState state) {
    NodeState again = format.open(format.seal(state));
    assertThat(NodeStateCodec.write(again)).isEqualTo(NodeStateCodec.write(state));
  }

  private byte[] sealed(byte[] content) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.ENCRYPT_MODE, sealingKey.toSecretKey("AES"), new GCMParameterSpec(128, NONCE));
    cipher.updateAAD(HEADER);
    byte[] file =
        Arrays.copyOf(HEADER, HEADER.length + NONCE.length + cipher.getOutputSize(content.length));
    cipher.doFinal(content, 0, content.length, file, HEADER.length + NONCE.length);
    return file;
  }
}
