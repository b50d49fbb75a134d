// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import org.mooring.common.codec.ContentCodec;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;

/** An application on the node's own host: plain CoAP on loopback, to the port of the node's Mca. */
public final class LocalApplication implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 15_000;
  private static final int MAX_DATAGRAM = 65_535;

  private final DatagramSocket socket;
  private final TrafficMeter meter = new TrafficMeter();

  /**
   * @param mcaPort the Mca's UDP port on loopback
   */
  public LocalApplication(int mcaPort) {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), mcaPort));
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException("the application's socket", e);
    }
  }

  /** What passed the application's socket so far. */
  public TrafficMeter.Reading traffic() {
    return meter.read();
  }

  /**
   * Sends a request that has to succeed.
   *
   * @param root of the answer's content
   * @throws PeerFailedException if it does not
   */
  public Attributes succeed(RawCoap request, String root) {
    RawCoap answer = exchange(request);
    if (OneM2mMessages.statusOf(answer).orElse(0) / 1000 != 2) {
      throw new PeerFailedException(
          "the node's Mca answered " + answer.codeText() + " " + answer.payloadText());
    }
    return ContentCodec.readAttributes(Serialization.JSON, answer.payload())
        .members(root)
        .orElseThrow(() -> new PeerFailedException("the node's Mca answered without " + root));
  }

  /**
   * Sends a request and waits for its answer, piggybacked or separate.
   *
   * @throws PeerFailedException if none comes
   */
  public RawCoap exchange(RawCoap request) {
    try {
      send(request);
      while (true) {
        RawCoap received = receive();
        if (received.type() == RawCoap.Type.CON) {
          send(RawCoap.acknowledge(received.messageId()));
        }
        Optional<RawCoap> answer = Optional.of(received).filter(r -> answers(request, r));
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    } catch (SocketTimeoutException e) {
      throw new PeerFailedException("the node's Mca does not answer", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the node's Mca", e);
    }
  }

  /** An empty acknowledgement comes before the answer that needs the registrar. */
  private static boolean answers(RawCoap request, RawCoap received) {
    return received.code() != RawCoap.EMPTY && Arrays.equals(request.token(), received.token());
  }

  private void send(RawCoap message) throws IOException {
    byte[] encoded = message.encode();
    socket.send(new DatagramPacket(encoded, encoded.length));
    meter.countDatagram(encoded.length);
  }

  private RawCoap receive() throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
    socket.receive(packet);
    meter.countDatagram(packet.getLength());
    return RawCoap.decode(Arrays.copyOf(packet.getData(), packet.getLength()));
  }

  @Override
  public void close() {
    socket.close();
  }
}
