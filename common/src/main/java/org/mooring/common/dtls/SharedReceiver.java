// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that receives for any number of sockets. Scandium would start one for each, which is
 * right for a server and too much for thousands of clients in one process.
 */
public final class SharedReceiver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SharedReceiver.class);
  private static final int MAX_DATAGRAM = 65_535;

  /** What one socket may have read before the others have their turn. */
  private static final int DATAGRAMS_IN_A_ROW = 16;

  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(MAX_DATAGRAM);

  private SharedReceiver(Selector selector) {
    this.selector = selector;
  }

  /** Starts the thread, a daemon. */
  static SharedReceiver open(String name) {
    try {
      SharedReceiver receiver = new SharedReceiver(Selector.open());
      Thread thread = new Thread(receiver::run, name);
      thread.setDaemon(true);
      thread.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException("a selector for sockets", e);
    }
  }

  /**
   * Receives for a socket from now on, until it is closed.
   *
   * @param channel bound, and not blocking
   * @param sink takes each datagram on the receiver's thread, so it must return at once; the buffer
   *     of the packet is the receiver's again afterwards
   */
  public void register(DatagramChannel channel, Consumer<DatagramPacket> sink) throws IOException {
    try {
      channel.register(selector, SelectionKey.OP_READ, sink);
      selector.wakeup();
    } catch (ClosedSelectorException e) {
      throw new IOException("the receiver is closed", e);
    }
  }

  /** Frees the ports of sockets closed by now: a selector holds them until it looks again. */
  public void release() {
    selector.wakeup();
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(this::receive);
      }
    } catch (ClosedSelectorException e) {
      LOG.trace("closed while it selected");
    } catch (IOException e) {
      LOG.error("no datagram is received any more", e);
    }
  }

  private void receive(SelectionKey key) {
    @SuppressWarnings("unchecked") // what register attached
    Consumer<DatagramPacket> sink = (Consumer<DatagramPacket>) key.attachment();
    try {
      for (int i = 0; i < DATAGRAMS_IN_A_ROW && receiveOne(key, sink); i++) {}
    } catch (IOException e) {
      LOG.trace("a socket was closed meanwhile: {}", e.toString());
    } catch (RuntimeException e) {
      LOG.warn("a datagram could not be handled", e);
    }
  }

  private boolean receiveOne(SelectionKey key, Consumer<DatagramPacket> sink) throws IOException {
    buffer.clear();
    if (!(((DatagramChannel) key.channel()).receive(buffer) instanceof InetSocketAddress source)) {
      return false;
    }
    sink.accept(new DatagramPacket(buffer.array(), buffer.position(), source));
    return true;
  }

  /** Ends the thread; the sockets stay open and hear nothing any more. */
  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the selector", e);
    }
  }
}
