// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.mooring.interop.relay.RelayedDatagram.Direction;

/**
 * Keeps every datagram that the relay forwards, as a capture file that protocol analysers read:
 * pcap 2.4 with packets that begin with an IPv4 header (LINKTYPE_RAW). Both ends have the loopback
 * address there, and the server one port, whatever the sockets had.
 */
public final class Capture implements Interceptor {
  /** The server's port in the capture. */
  public static final int SERVER_PORT = 5684;

  private static final int MAGIC = 0xA1B2C3D4;
  private static final int LINKTYPE_RAW = 101;
  private static final int FILE_HEADER = 24;
  private static final int PACKET_HEADER = 16;
  private static final int IPV4_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final int UDP = 17;
  private static final int LOOPBACK = 0x7F000001;

  private final ByteArrayOutputStream packets = new ByteArrayOutputStream();

  @Override
  public CompletionStage<Fate> fateOf(RelayedDatagram datagram) {
    return PASS;
  }

  @Override
  public synchronized void forwarded(RelayedDatagram datagram, byte[] octets) {
    packets.writeBytes(packet(datagram.client(), datagram.direction(), octets));
  }

  /** Writes what was forwarded so far. */
  public synchronized void writeTo(Path file) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.BIG_ENDIAN);
    header.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
    header.putInt(1 << 16).putInt(LINKTYPE_RAW);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(header.array());
    whole.writeBytes(packets.toByteArray());
    Files.write(file, whole.toByteArray());
  }

  /** No checksums: analysers take 0 for none. */
  private static byte[] packet(InetSocketAddress client, Direction direction, byte[] octets) {
    boolean isToServer = direction == Direction.TO_SERVER;
    int udp = UDP_HEADER + octets.length;
    int length = IPV4_HEADER + udp;
    ByteBuffer packet = ByteBuffer.allocate(PACKET_HEADER + length).order(ByteOrder.BIG_ENDIAN);
    long now = System.currentTimeMillis();
    packet.putInt((int) (now / 1000)).putInt((int) (now % 1000) * 1000);
    packet.putInt(length).putInt(length);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0);
    packet.put((byte) 64).put((byte) UDP).putShort((short) 0).putInt(LOOPBACK).putInt(LOOPBACK);
    packet.putShort((short) (isToServer ? client.getPort() : SERVER_PORT));
    packet.putShort((short) (isToServer ? SERVER_PORT : client.getPort()));
    packet.putShort((short) udp).putShort((short) 0).put(octets);
    return packet.array();
  }
}
