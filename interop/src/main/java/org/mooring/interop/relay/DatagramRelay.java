// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.interop.relay.RelayedDatagram.Direction;

/**
 * Passes datagrams between any number of clients and one server, both on loopback, with a socket
 * toward the server for each client. One thread does it all.
 */
public final class DatagramRelay implements AutoCloseable {
  private static final int MAX_DATAGRAM = 65_535;

  private final InetSocketAddress server;
  private final Interceptor interceptor;
  private final Selector selector;
  private final DatagramChannel front;
  private final Map<InetSocketAddress, DatagramChannel> upstreams = new HashMap<>();
  private final Queue<Runnable> released = new ConcurrentLinkedQueue<>();
  private final DatagramClassifier classifier = new DatagramClassifier();
  private final TrafficMeter meter = new TrafficMeter();
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
  private final Thread thread;

  private DatagramRelay(InetSocketAddress server, Interceptor interceptor) throws IOException {
    this.server = server;
    this.interceptor = interceptor;
    selector = Selector.open();
    front = DatagramChannel.open();
    front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    front.configureBlocking(false);
    front.register(selector, SelectionKey.OP_READ);
    thread = new Thread(this::run, "datagram-relay-" + port());
    thread.setDaemon(true);
  }

  /**
   * Opens a relay on a free port.
   *
   * @param server where it forwards to; nothing has to listen there yet
   * @throws UncheckedIOException if no socket can be had
   */
  public static DatagramRelay open(InetSocketAddress server, Interceptor interceptor) {
    try {
      DatagramRelay relay = new DatagramRelay(server, interceptor);
      relay.thread.start();
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException("the relay's socket", e);
    }
  }

  /** The UDP port on loopback to which clients send. */
  public int port() {
    return front.socket().getLocalPort();
  }

  /**
   * What was received from either side so far, dropped and held datagrams included. A handshake
   * counts once both sides have sent their Finished.
   */
  public TrafficMeter.Reading traffic() {
    return meter.read();
  }

  private void run() {
    try {
      while (front.isOpen()) {
        selector.select(this::receive);
        for (Runnable next = released.poll(); next != null; next = released.poll()) {
          next.run();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the relay's selector", e);
    } finally {
      closeSockets();
    }
  }

  private void receive(SelectionKey key) {
    buffer.clear();
    try {
      if (key.attachment() instanceof InetSocketAddress client) {
        if (((DatagramChannel) key.channel()).read(buffer) > 0) {
          handle(client, Direction.TO_CLIENT);
        }
      } else if (front.receive(buffer) instanceof InetSocketAddress client) {
        handle(client, Direction.TO_SERVER);
      }
    } catch (IOException e) {
      // The other side's port is closed, because its process was killed: the datagram is lost, as
      // it would be in a network.
    }
  }

  private void handle(InetSocketAddress client, Direction direction) {
    buffer.flip();
    int before = classifier.completedHandshakes();
    RelayedDatagram datagram = classifier.classify(client, direction, buffer);
    meter.countDatagram(datagram.octets());
    if (classifier.completedHandshakes() > before) {
      meter.countHandshake();
    }
    byte[] content = new byte[buffer.remaining()];
    buffer.get(content);
    interceptor
        .fateOf(datagram)
        .whenComplete(
            (fate, failure) -> {
              if (fate == Interceptor.Fate.PASS) {
                release(() -> forward(datagram, content));
              }
            });
  }

  /** Stages may complete on any thread; sockets are the relay's thread's. */
  private void release(Runnable forwarding) {
    if (Thread.currentThread() == thread) {
      forwarding.run();
    } else {
      released.add(forwarding);
      selector.wakeup();
    }
  }

  private void forward(RelayedDatagram datagram, byte[] content) {
    try {
      if (datagram.direction() == Direction.TO_CLIENT) {
        front.send(ByteBuffer.wrap(content), datagram.client());
      } else {
        upstreamOf(datagram.client()).write(ByteBuffer.wrap(content));
      }
    } catch (IOException e) {
      return; // nobody listens there now
    }
    interceptor.forwarded(datagram);
  }

  private DatagramChannel upstreamOf(InetSocketAddress client) throws IOException {
    DatagramChannel known = upstreams.get(client);
    if (known != null) {
      return known;
    }
    DatagramChannel opened = DatagramChannel.open();
    opened.connect(server);
    opened.configureBlocking(false);
    opened.register(selector, SelectionKey.OP_READ, client);
    upstreams.put(client, opened);
    return opened;
  }

  /** Frees all sockets; datagrams held are lost. */
  @Override
  public void close() {
    try {
      front.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the relay's socket", e);
    }
    selector.wakeup();
  }

  private void closeSockets() {
    try {
      for (DatagramChannel upstream : upstreams.values()) {
        upstream.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the relay's sockets", e);
    }
  }
}
