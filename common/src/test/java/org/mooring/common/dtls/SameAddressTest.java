// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two clients that the server sees behind one address and port, one after the other. */
class SameAddressTest {
  /** CON GET /cse-in with message id 1234 and token aa. */
  private static final byte[] REQUEST = HexFormat.of().parseHex("41011234aab66373652d696e");

  private static final int RECEIVE_MILLIS = 5_000;

  private final Fixture room = new Fixture();

  @AfterEach
  void tearDown() {
    room.close();
  }

  @Test
  void aSecondClientsRequestIsNotTakenForARepetitionOfTheFirsts() throws Exception {
    try (UdpRelay relay = new UdpRelay(room.address());
        BouncyCastleClient first = client(room.enrol("node-1"));
        BouncyCastleClient second = client(room.enrol("node-2"))) {
      byte[] answer = exchange(first.connect(relay.address()));
      DTLSTransport transport = second.connect(relay.address());

      assertThat(exchange(transport)).isEqualTo(answer);
      assertThat(exchange(transport)).isEqualTo(answer);

      assertThat(room.requests).hasSize(2);
      assertThat(room.requests.get(0).session()).contains(room.serverSession(1));
      assertThat(room.requests.get(1).session()).contains(room.serverSession(2));
      assertThat(room.requests.get(0).peer()).isEqualTo(room.requests.get(1).peer());
      assertThat(room.requests.get(0).showsOptions()).isFalse();
    }
  }

  @Test
  void aClientWithoutConnectionIdEndsTheSessionWhoseAddressItTakesOver() throws Exception {
    try (UdpRelay relay = new UdpRelay(room.address());
        BouncyCastleClient first = client(room.enrol("node-1"));
        BouncyCastleClient second = client(room.enrol("node-2"))) {
      first.connect(relay.address());
      SecureSession replaced = room.serverSession(1);
      second.connect(relay.address());

      await().until(() -> room.observer.closed.contains(replaced));
      assertThat(room.serverSession(2).clientIdentity()).startsWith("node-2@");
      assertThat(room.server.sessions()).isEqualTo(1);
    }
  }

  private static BouncyCastleClient client(PskCredential credential) throws IOException {
    return new BouncyCastleClient(
        credential.identity().toString().getBytes(UTF_8), credential.key(), true);
  }

  private static byte[] exchange(DTLSTransport transport) throws IOException {
    transport.send(REQUEST, 0, REQUEST.length);
    byte[] buffer = new byte[transport.getReceiveLimit()];
    int length = transport.receive(buffer, 0, buffer.length, RECEIVE_MILLIS);
    assertThat(length).as("octets of the answer").isPositive();
    return Arrays.copyOf(buffer, length);
  }
}
