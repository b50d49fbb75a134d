// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mooring.in.scenario.RunningServer.givenServer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.scenario.Malformed;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.slf4j.LoggerFactory;

/**
 * Strangers send what no client would: random octets, handshakes with octets changed in any flight,
 * and changed requests to the plain port. Afterwards nothing of it is left in the server.
 */
class MalformedDatagramsTest {
  private static final int DATAGRAMS = Boolean.getBoolean("mooring.long") ? 1_000_000 : 20_000;
  private static final long SEED = Long.getLong("mooring.seed", 3);

  /** So many the socket's buffer holds while the server is busy. */
  private static final int BETWEEN_PROBES = 50;

  private static final int ANSWER_WITHIN_MILLIS = 250;
  private static final int TRIES = 40;

  /** An unfinished body waits half a minute for its next block, a handshake for its timer. */
  private static final Duration WAITS_RUN_OUT = Duration.ofSeconds(90);

  private final Malformed malformed = new Malformed(SEED);
  private final byte[] answer = new byte[2048];
  private final ListAppender<ILoggingEvent> errors = new ListAppender<>();
  private int sent;

  @BeforeEach
  void listen() {
    ThresholdFilter onlyErrors = new ThresholdFilter();
    onlyErrors.setLevel(Level.ERROR.levelStr);
    onlyErrors.start();
    errors.addFilter(onlyErrors);
    errors.start();
    root().addAppender(errors);
  }

  @AfterEach
  void stopListening() {
    root().detachAppender(errors);
  }

  @Test
  void leaveNothingBehindAndTheNextNodeRegisters(@TempDir Path dataDir) throws IOException {
    try (RunningServer server = givenServer(dataDir).withEnrolee("known").openCoap().started()) {
      int probed = 0;
      while (sent < DATAGRAMS) {
        sendSome(server);
        if (sent - probed >= BETWEEN_PROBES) {
          probed = sent;
          answersStill(server);
        }
      }
      await()
          .atMost(WAITS_RUN_OUT)
          .untilAsserted(
              () -> {
                Attributes status = NodeClient.await(server.in().admin().status());
                assertThat(status.whole("sessions")).hasValue(0);
                assertThat(status.whole("connections")).hasValue(0);
                assertThat(status.whole("openHandshakes")).hasValue(0);
                assertThat(status.whole("openLookUps")).hasValue(0);
                assertThat(status.flag("openBodies")).contains(false);
              });
      server.serves();
      assertThat(errors.list).as("seed %s", SEED).isEmpty();
    }
  }

  /** One stranger's share, from an address of its own. */
  private void sendSome(RunningServer server) throws IOException {
    try (DatagramSocket stranger = new DatagramSocket()) {
      send(stranger, server.coaps(), malformed.anything());
      send(stranger, server.coaps(), malformed.anyRecord());
      send(stranger, server.coaps(), malformed.changed(malformed.clientHello(new byte[0])));
      send(stranger, server.coap(), malformed.anything());
      for (int i = 0; i < 10; i++) {
        send(stranger, server.coap(), malformed.changed(malformed.coapRequest()));
      }
      if (malformed.oneIn(4)) {
        shakeHands(stranger, server);
      }
    }
  }

  /** As far as the server goes along: with a good cookie, then with what a client may not send. */
  private void shakeHands(DatagramSocket stranger, RunningServer server) throws IOException {
    byte[] cookie = cookie(stranger, server.coaps());
    byte[] hello = malformed.clientHello(cookie);
    send(stranger, server.coaps(), malformed.oneIn(4) ? malformed.changed(hello) : hello);
    String identity =
        malformed.oneIn(2)
            ? server.enrolee("known").id().toString()
            : new String(malformed.randomOctets(200), StandardCharsets.UTF_8);
    for (byte[] record : malformed.secondFlight(identity)) {
      send(stranger, server.coaps(), malformed.oneIn(4) ? malformed.changed(record) : record);
    }
  }

  private void send(DatagramSocket from, InetSocketAddress to, byte[] octets) throws IOException {
    from.send(new DatagramPacket(octets, octets.length, to));
    sent++;
  }

  /** Also lets the server catch up, so that what was sent is read and not dropped. */
  private void answersStill(RunningServer server) throws IOException {
    try (DatagramSocket probe = new DatagramSocket()) {
      assertThat(cookie(probe, server.coaps())).isNotEmpty();
      byte[] ping = Malformed.ping(sent);
      boolean reset = false; // an answer to a stranger who had this port before may come first
      for (int i = 0; i < TRIES && !reset; i++) {
        reset = Malformed.isResetOf(ping, Arrays.copyOf(answer, ask(probe, server.coap(), ping)));
      }
      assertThat(reset).as("a Reset to the ping, seed %s", SEED).isTrue();
    }
  }

  private byte[] cookie(DatagramSocket client, InetSocketAddress coaps) throws IOException {
    byte[] hello = malformed.clientHello(new byte[0]);
    for (int i = 0; i < TRIES; i++) {
      byte[] cookie = Malformed.cookie(answer, ask(client, coaps, hello));
      if (cookie.length > 0) {
        return cookie;
      }
    }
    return new byte[0];
  }

  /** The length of the first answer. */
  private int ask(DatagramSocket client, InetSocketAddress server, byte[] question)
      throws IOException {
    client.setSoTimeout(ANSWER_WITHIN_MILLIS);
    for (int i = 0; i < TRIES; i++) {
      client.send(new DatagramPacket(question, question.length, server));
      try {
        DatagramPacket received = new DatagramPacket(answer, answer.length);
        do {
          client.receive(received);
        } while (!received.getSocketAddress().equals(server));
        return received.getLength();
      } catch (SocketTimeoutException e) {
        // Lost, or the server is busy: asked again.
      }
    }
    return 0;
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
