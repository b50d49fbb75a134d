// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the relay's network does to real datagrams. */
class RoughNetworkTest {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final int SILENCE_MILLIS = 200;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final NetworkConditions PERFECT = NetworkConditions.PERFECT;

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
  void losesTheSameDatagramsForTheSameSeed() throws IOException {
    NetworkConditions lossy = PERFECT.withLoss(0.4);

    List<String> first = survivorsOf(100, lossy, 7);

    assertThat(first).hasSizeBetween(30, 90).isEqualTo(survivorsOf(100, lossy, 7));
    assertThat(survivorsOf(100, lossy, 8)).isNotEqualTo(first);
  }

  @Test
  void deliversADatagramTwice() throws IOException {
    try (DatagramRelay relay = relay(PERFECT.withDuplicate(1))) {
      send("twin", relay);

      assertThat(List.of(receive(), receive())).containsExactly("twin", "twin");
      assertThat(relay.statistics()).isEqualTo(new RelayStatistics.Reading(1, 0, 1, 0, 0));
    }
  }

  @Test
  void delaysByTheRoundTrip() throws IOException {
    try (DatagramRelay relay = relay(PERFECT.withRtt(Duration.ofMillis(300)))) {
      long begun = System.nanoTime();
      send("ping", relay);
      DatagramPacket arrived = receivePacket(server);
      assertThat(millisSince(begun)).isGreaterThanOrEqualTo(150);

      arrived.setData("pong".getBytes(StandardCharsets.UTF_8));
      server.send(arrived);
      receivePacket(client);
      assertThat(millisSince(begun)).isGreaterThanOrEqualTo(300);
    }
  }

  @Test
  void letsLaterDatagramsOvertake() throws IOException {
    try (DatagramRelay relay = relay(PERFECT.withReorder(0.3))) {
      List<String> sent = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        sent.add("n" + i);
        send("n" + i, relay);
      }
      List<String> arrived = new ArrayList<>();
      for (int i = 0; i < sent.size(); i++) {
        arrived.add(receive());
      }

      assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
      assertThat(relay.statistics().late()).isBetween(4L, 30L);
    }
  }

  @Test
  void comesFromAnotherPortAfterANatForgotTheClient() throws IOException {
    try (DatagramRelay relay = relay(PERFECT)) {
      send("one", relay);
      int before = receivePacket(server).getPort();
      send("two", relay);
      assertThat(receivePacket(server).getPort()).isEqualTo(before);

      relay.rebindAll();
      await()
          .untilAsserted(
              () -> {
                send("three", relay);
                assertThat(receivePacket(server).getPort()).isNotEqualTo(before);
              });
      await().untilAsserted(() -> assertThat(relay.statistics().rebound()).isEqualTo(1));
    }
  }

  @Test
  void dropsWhatExceedsTheMtu() throws IOException {
    try (DatagramRelay relay = relay(PERFECT.withMtu(128))) {
      send("x".repeat(101), relay);
      send("y".repeat(100), relay);

      assertThat(receive()).startsWith("y");
      server.setSoTimeout(SILENCE_MILLIS);
      assertThatThrownBy(this::receive).isInstanceOf(SocketTimeoutException.class);
      assertThat(relay.statistics().lost()).isEqualTo(1);
    }
  }

  @Test
  void keepsAThousandClientsApart() throws IOException {
    try (DatagramRelay relay = relay(PERFECT)) {
      List<DatagramSocket> clients = new ArrayList<>();
      try {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
          DatagramSocket one = new DatagramSocket(0, LOOPBACK);
          one.setSoTimeout(PATIENCE_MILLIS);
          clients.add(one);
          send(one, "c" + i, relay);
          DatagramPacket arrived = receivePacket(server);
          ports.add(arrived.getPort());
          server.send(arrived);
          assertThat(textOf(receivePacket(one))).isEqualTo("c" + i);
        }
        assertThat(ports).hasSize(1_000);
      } finally {
        clients.forEach(DatagramSocket::close);
      }
    }
  }

  private List<String> survivorsOf(int count, NetworkConditions conditions, long seed)
      throws IOException {
    List<String> survivors = new ArrayList<>();
    try (DatagramRelay relay =
        DatagramRelay.open(serverAddress(), Interceptor.NONE, conditions, seed)) {
      for (int i = 0; i < count; i++) {
        send("n" + i, relay);
      }
      await().until(() -> relay.statistics().received() == count);
      long passed = count - relay.statistics().lost();
      while (survivors.size() < passed) {
        survivors.add(receive());
      }
    }
    return survivors;
  }

  private DatagramRelay relay(NetworkConditions conditions) {
    return DatagramRelay.open(serverAddress(), Interceptor.NONE, conditions, 1);
  }

  private InetSocketAddress serverAddress() {
    return new InetSocketAddress(LOOPBACK, server.getLocalPort());
  }

  private void send(String text, DatagramRelay relay) throws IOException {
    send(client, text, relay);
  }

  private static void send(DatagramSocket from, String text, DatagramRelay relay)
      throws IOException {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    from.send(new DatagramPacket(content, content.length, LOOPBACK, relay.port()));
  }

  private String receive() throws IOException {
    return textOf(receivePacket(server));
  }

  private static DatagramPacket receivePacket(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
    at.receive(packet);
    return packet;
  }

  private static String textOf(DatagramPacket packet) {
    return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
  }

  private static long millisSince(long begun) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
  }
}
