// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.vectors.Vectors;

class SealingKeysTest {
  static List<Vectors.Row> machine() {
    return Vectors.rows("sealing-key-vectors.json", "machine");
  }

  static List<Vectors.Row> token() {
    return Vectors.rows("sealing-key-vectors.json", "token");
  }

  @ParameterizedTest
  @MethodSource("machine")
  void aMachinesKeyIsWhatTheVectorSays(Vectors.Row row) {
    SecretKeyBytes key =
        SealingKeys.ofMachine(SecretKeyBytes.copyOf(hex(row, "salt")), row.get("machineId"));

    assertThat(key.toByteArray()).isEqualTo(hex(row, "key"));
  }

  @ParameterizedTest
  @MethodSource("token")
  void aTokensKeyIsWhatTheVectorSays(Vectors.Row row) {
    SecretKeyBytes key =
        SealingKeys.ofToken(SecretKeyBytes.copyOf(hex(row, "answer")), hex(row, "seed"));

    assertThat(key.toByteArray()).isEqualTo(hex(row, "key"));
  }

  private static byte[] hex(Vectors.Row row, String name) {
    return HexFormat.of().parseHex(row.get(name));
  }
}
