// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mooring.interop.relay.RelayedDatagram.Direction;

/** One client's entry in the relay, as in a NAT: the port from which the server sees it. */
final class Mapping {
  private final InetSocketAddress client;
  private final int number;
  private final Map<Direction, Long> datagrams = new EnumMap<>(Direction.class);
  private @Nullable DatagramChannel upstream;
  private boolean rebinds;

  /**
   * @param number of the client among all that the relay met, from 0
   */
  Mapping(InetSocketAddress client, int number) {
    this.client = client;
    this.number = number;
  }

  InetSocketAddress client() {
    return client;
  }

  int number() {
    return number;
  }

  /** Counts a datagram and gives the number it has among those of its direction, from 0. */
  long next(Direction direction) {
    return datagrams.merge(direction, 1L, Long::sum) - 1;
  }

  /** Datagrams from the client so far. */
  long fromClient() {
    return datagrams.getOrDefault(Direction.TO_SERVER, 0L);
  }

  /** Lets the next datagram to the server come from another port. */
  void rebind() {
    rebinds = upstream != null;
  }

  /**
   * Sends to the server.
   *
   * @return whether that came from another port than before
   */
  boolean forward(byte[] content, InetSocketAddress server, Selector selector) throws IOException {
    boolean rebound = rebinds;
    DatagramChannel former = upstream;
    if (former == null || rebound) {
      // The new one first, so that it can not get the former's port.
      upstream = open(server, selector);
      rebinds = false;
      if (former != null) {
        former.close();
      }
    }
    DatagramChannel current = upstream;
    if (current != null) {
      current.write(ByteBuffer.wrap(content));
    }
    return rebound;
  }

  private DatagramChannel open(InetSocketAddress server, Selector selector) throws IOException {
    DatagramChannel opened = DatagramChannel.open();
    opened.connect(server);
    opened.configureBlocking(false);
    opened.register(selector, SelectionKey.OP_READ, this);
    return opened;
  }

  void close() throws IOException {
    if (upstream != null) {
      upstream.close();
      upstream = null;
    }
  }
}
