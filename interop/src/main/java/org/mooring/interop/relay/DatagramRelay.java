// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.interop.relay.RelayedDatagram.Direction;
import org.mooring.interop.relay.RelayedDatagram.Kind;

/**
 * Passes datagrams between any number of clients and one server, both on loopback, with a socket
 * toward the server for each client, and does to them what a network under given conditions would.
 * One thread does it all.
 */
public final class DatagramRelay implements AutoCloseable {
  private static final int MAX_DATAGRAM = 65_535;

  /** All clients share the front's buffer; the system may grant less. */
  private static final int FRONT_BUFFER = 8 << 20;

  /** What one socket may have read before the others have their turn. */
  private static final int DATAGRAMS_IN_A_ROW = 64;

  /** How long a client that said goodbye keeps its port, for what is still under way. */
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final InetSocketAddress server;
  private final Interceptor interceptor;
  private final Selector selector;
  private final DatagramChannel front;
  private final Map<InetSocketAddress, Mapping> mappings = new HashMap<>();
  private final Queue<Runnable> released = new ConcurrentLinkedQueue<>();
  private final DelayLine delayed = new DelayLine();
  private final DatagramClassifier classifier = new DatagramClassifier();
  private final TrafficMeter meter = new TrafficMeter();
  private final RelayStatistics statistics = new RelayStatistics();
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);
  private final Thread thread;
  private Impairments impairments;
  private int clients;

  private DatagramRelay(InetSocketAddress server, Interceptor interceptor, Impairments impairments)
      throws IOException {
    this.server = server;
    this.interceptor = interceptor;
    this.impairments = impairments;
    selector = Selector.open();
    front = DatagramChannel.open();
    front.setOption(StandardSocketOptions.SO_RCVBUF, FRONT_BUFFER);
    front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    front.configureBlocking(false);
    front.register(selector, SelectionKey.OP_READ);
    thread = new Thread(this::run, "datagram-relay-" + port());
    thread.setDaemon(true);
  }

  /**
   * Opens a relay on a free port, over a network that does nothing to datagrams.
   *
   * @param server where it forwards to; nothing has to listen there yet
   * @throws UncheckedIOException if no socket can be had
   */
  public static DatagramRelay open(InetSocketAddress server, Interceptor interceptor) {
    return open(server, interceptor, NetworkConditions.PERFECT, 0);
  }

  /**
   * Opens a relay on a free port.
   *
   * @param server where it forwards to; nothing has to listen there yet
   * @param interceptor asked first; what it passes meets the network
   * @param seed the same one brings the same fate to the n-th datagram of the k-th client, each way
   * @throws UncheckedIOException if no socket can be had
   */
  public static DatagramRelay open(
      InetSocketAddress server, Interceptor interceptor, NetworkConditions conditions, long seed) {
    try {
      DatagramRelay relay =
          new DatagramRelay(server, interceptor, new Impairments(conditions, seed));
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

  /** What became of the datagrams so far. */
  public RelayStatistics.Reading statistics() {
    return statistics.read();
  }

  /** Makes the network another one for the datagrams that come from now on. */
  public void change(NetworkConditions conditions) {
    release(() -> impairments = impairments.under(conditions));
  }

  /** Lets the next datagram of every client reach the server from another port. */
  public void rebindAll() {
    release(() -> mappings.values().forEach(Mapping::rebind));
  }

  private void run() {
    try {
      while (front.isOpen()) {
        selector.select(this::receive, delayed.millisToNext(System.nanoTime()));
        for (Runnable next = released.poll(); next != null; next = released.poll()) {
          next.run();
        }
        delayed.runDue(System.nanoTime());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the relay's selector", e);
    } finally {
      closeSockets();
    }
  }

  private void receive(SelectionKey key) {
    try {
      for (int i = 0; i < DATAGRAMS_IN_A_ROW && receiveOne(key); i++) {}
    } catch (IOException e) {
      // The other side's port is closed, because its process was killed: the datagram is lost, as
      // it would be in a network.
    }
  }

  private boolean receiveOne(SelectionKey key) throws IOException {
    buffer.clear();
    if (key.attachment() instanceof Mapping mapping) {
      if (((DatagramChannel) key.channel()).read(buffer) <= 0) {
        return false;
      }
      handle(mapping, Direction.TO_CLIENT);
      return true;
    }
    if (front.receive(buffer) instanceof InetSocketAddress client) {
      handle(
          mappings.computeIfAbsent(client, met -> new Mapping(met, clients++)),
          Direction.TO_SERVER);
      return true;
    }
    return false;
  }

  private void handle(Mapping mapping, Direction direction) {
    buffer.flip();
    int before = classifier.completedHandshakes();
    RelayedDatagram datagram = classifier.classify(mapping.client(), direction, buffer);
    meter.countDatagram(datagram.octets());
    if (classifier.completedHandshakes() > before) {
      meter.countHandshake();
    }
    byte[] content = new byte[buffer.remaining()];
    buffer.get(content);
    Passage passage =
        impairments.of(mapping.number(), direction, mapping.next(direction), content.length);
    statistics.count(passage);
    interceptor
        .fateOf(datagram)
        .whenComplete(
            (fate, failure) -> {
              if (fate == Interceptor.Fate.PASS) {
                release(() -> pass(mapping, datagram, content, passage));
              }
            });
  }

  /** Stages may complete on any thread; sockets are the relay's thread's. */
  private void release(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
    } else {
      released.add(task);
      selector.wakeup();
    }
  }

  private void pass(Mapping mapping, RelayedDatagram datagram, byte[] content, Passage passage) {
    if (passage.rebound()) {
      mapping.rebind();
    }
    for (Duration delay : passage.copies()) {
      if (delay.isZero()) {
        forward(mapping, datagram, content);
      } else {
        delayed.add(System.nanoTime(), delay, () -> forward(mapping, datagram, content));
      }
    }
    if (datagram.kind() == Kind.ALERT && datagram.direction() == Direction.TO_SERVER) {
      retire(mapping);
    }
  }

  private void forward(Mapping mapping, RelayedDatagram datagram, byte[] content) {
    try {
      if (datagram.direction() == Direction.TO_CLIENT) {
        front.send(ByteBuffer.wrap(content), datagram.client());
      } else if (mapping.forward(content, server, selector)) {
        statistics.countRebinding();
      }
    } catch (IOException e) {
      return; // nobody listens there now
    }
    interceptor.forwarded(datagram, content);
  }

  /** Frees the socket of a client that ended its session, unless it sends more. */
  private void retire(Mapping mapping) {
    long seen = mapping.fromClient();
    NetworkConditions conditions = impairments.conditions();
    delayed.add(
        System.nanoTime(),
        LINGER.plus(conditions.rtt()).plus(conditions.jitter()),
        () -> {
          if (mapping.fromClient() == seen && mappings.remove(mapping.client(), mapping)) {
            classifier.forget(mapping.client());
            close(mapping);
          }
        });
  }

  private static void close(Mapping mapping) {
    try {
      mapping.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the relay's socket", e);
    }
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
    mappings.values().forEach(DatagramRelay::close);
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the relay's selector", e);
    }
  }
}
