// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A NAT of one port: it passes datagrams between clients and a server, and can change its port. */
final class UdpRelay implements AutoCloseable {
  private static final int MAX_DATAGRAM = 65_535;

  private final InetSocketAddress server;
  private final DatagramSocket inside;
  private volatile DatagramSocket outside;
  private volatile @Nullable SocketAddress client;

  UdpRelay(InetSocketAddress server) throws IOException {
    this.server = server;
    this.inside = new DatagramSocket(Fixture.loopback(0));
    this.outside = new DatagramSocket(Fixture.loopback(0));
    pump(inside, this::toServer);
    pump(outside, this::toClient);
  }

  /** Where clients send to; answers go to the one that sent last. */
  InetSocketAddress address() {
    return Fixture.loopback(inside.getLocalPort());
  }

  /** From now on the server sees another port. */
  void rebind() throws IOException {
    DatagramSocket previous = outside;
    DatagramSocket next = new DatagramSocket(Fixture.loopback(0));
    pump(next, this::toClient);
    outside = next;
    previous.close();
  }

  private interface Step {
    void take(DatagramPacket datagram) throws IOException;
  }

  private void toServer(DatagramPacket datagram) throws IOException {
    client = datagram.getSocketAddress();
    datagram.setSocketAddress(server);
    outside.send(datagram);
  }

  private void toClient(DatagramPacket datagram) throws IOException {
    SocketAddress to = client;
    if (to != null) {
      datagram.setSocketAddress(to);
      inside.send(datagram);
    }
  }

  private static void pump(DatagramSocket from, Step step) {
    Thread thread =
        new Thread(
            () -> {
              byte[] buffer = new byte[MAX_DATAGRAM];
              while (!from.isClosed()) {
                try {
                  DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                  from.receive(datagram);
                  step.take(datagram);
                } catch (IOException e) {
                  if (!from.isClosed()) {
                    throw new UncheckedIOException(e);
                  }
                }
              }
            },
            "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    inside.close();
    outside.close();
  }
}
