// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.SocketAddress;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/** An unbound UDP socket that counts what passes it. */
final class MeteredSocket extends DatagramSocket {
  private static final @Nullable SocketAddress UNBOUND = null;

  private final TrafficMeter meter;

  MeteredSocket(TrafficMeter meter) throws SocketException {
    super(UNBOUND);
    this.meter = meter;
  }

  @Override
  public void send(DatagramPacket datagram) throws IOException {
    super.send(datagram);
    meter.countDatagram(datagram.getLength());
  }

  @Override
  public void receive(DatagramPacket datagram) throws IOException {
    super.receive(datagram);
    meter.countDatagram(datagram.getLength());
  }
}
