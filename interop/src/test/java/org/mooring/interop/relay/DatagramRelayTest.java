// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.interop.relay.RelayedDatagram.Direction;

class DatagramRelayTest {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 200;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private DatagramSocket server;
  private DatagramSocket client;

  @BeforeEach
  void openSockets() throws IOException {
    server = new DatagramSocket(0, LOOPBACK);
    client = new DatagramSocket(0, LOOPBACK);
    server.setSoTimeout(PATIENCE_MILLIS);
    client.setSoTimeout(PATIENCE_MILLIS);
  }

  @AfterEach
  void closeSockets() {
    server.close();
    client.close();
  }

  @Test
  void passesBothWaysAndCounts() throws IOException {
    try (DatagramRelay relay = DatagramRelay.open(serverAddress(), Interceptor.NONE)) {
      send(client, "ping", relay.port());
      DatagramPacket arrived = receive(server);
      send(server, "answer", arrived.getPort());

      assertThat(textOf(arrived)).isEqualTo("ping");
      assertThat(textOf(receive(client))).isEqualTo("answer");
      assertThat(relay.traffic()).isEqualTo(new TrafficMeter.Reading(0, 2, 10));
    }
  }

  @Test
  void dropsWhatTheInterceptorDrops() throws IOException {
    Interceptor oneWay =
        seen -> seen.direction() == Direction.TO_SERVER ? Interceptor.PASS : Interceptor.DROP;
    try (DatagramRelay relay = DatagramRelay.open(serverAddress(), oneWay)) {
      send(client, "ping", relay.port());
      send(server, "lost", receive(server).getPort());

      client.setSoTimeout(SILENCE_MILLIS);
      assertThatThrownBy(() -> receive(client)).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void holdsOneDatagramAndLetsTheNextOvertakeIt() throws IOException {
    CompletableFuture<Interceptor.Fate> held = new CompletableFuture<>();
    Interceptor holdsShortOnes = seen -> seen.octets() == 1 ? held : Interceptor.PASS;
    try (DatagramRelay relay = DatagramRelay.open(serverAddress(), holdsShortOnes)) {
      send(client, "1", relay.port());
      send(client, "second", relay.port());
      assertThat(textOf(receive(server))).isEqualTo("second");

      held.complete(Interceptor.Fate.PASS);
      assertThat(textOf(receive(server))).isEqualTo("1");
    }
  }

  @Test
  void outlivesAServerThatIsAway() throws IOException {
    InetSocketAddress address = serverAddress();
    server.close();
    try (DatagramRelay relay = DatagramRelay.open(address, Interceptor.NONE)) {
      send(client, "into the void", relay.port());
      send(client, "again", relay.port());
      try (DatagramSocket restarted = new DatagramSocket(address)) {
        restarted.setSoTimeout(PATIENCE_MILLIS);
        send(client, "hello", relay.port());
        DatagramPacket arrived = receive(restarted);
        while (!textOf(arrived).equals("hello")) {
          arrived = receive(restarted);
        }
        send(restarted, "back", arrived.getPort());
        assertThat(textOf(receive(client))).isEqualTo("back");
      }
    }
  }

  private InetSocketAddress serverAddress() {
    return new InetSocketAddress(LOOPBACK, server.getLocalPort());
  }

  private static void send(DatagramSocket from, String text, int port) throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(content, content.length, LOOPBACK, port));
  }

  private static DatagramPacket receive(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
    at.receive(packet);
    return packet;
  }

  private static String textOf(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }
}
