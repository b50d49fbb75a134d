// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.californium.elements.util.Bytes;
import org.junit.jupiter.api.Test;

class SessionKeyTest {
  private static final long FINISHED = 1_700_000_000_000L;

  @Test
  void isTheSameForTheSameSessionAndHandshakeOnly() {
    SessionKey key = key(1, FINISHED);

    assertThat(key(1, FINISHED)).isEqualTo(key).hasSameHashCodeAs(key);
    assertThat(key)
        .isNotEqualTo(key(2, FINISHED))
        .isNotEqualTo(key(1, FINISHED + 1))
        .isNotEqualTo(key.toString());
  }

  private static SessionKey key(int id, long handshakeTime) {
    return new SessionKey(new Bytes(new byte[] {(byte) id}), handshakeTime);
  }
}
