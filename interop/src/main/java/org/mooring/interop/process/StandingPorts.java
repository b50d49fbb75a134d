// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.process;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.mooring.in.admin.Ports;

/**
 * Ports for a server that is to come back on them. One that the system chose is free for any other
 * socket while the server is away, and nodes open many; these lie below those that systems choose
 * (from 32768 on Linux, from 49152 by RFC 6335).
 */
final class StandingPorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final int TRIES = 1_000;

  private StandingPorts() {}

  /**
   * @throws IllegalStateException if none is free
   */
  static Ports choose() {
    int coaps = free(port -> new DatagramSocket(new InetSocketAddress(port)));
    int coap;
    do {
      coap = free(port -> new DatagramSocket(new InetSocketAddress(port)));
    } while (coap == coaps);
    int http = free(port -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    return new Ports(coaps, coap, http);
  }

  private static int free(Opener opener) {
    for (int i = 0; i < TRIES; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      try (Closeable opened = opener.open(port)) {
        return port;
      } catch (IOException e) {
        // Taken: try another.
      }
    }
    throw new IllegalStateException("no port is free between " + FIRST + " and " + END);
  }

  /** Binds a port. */
  @FunctionalInterface
  private interface Opener {
    Closeable open(int port) throws IOException;
  }
}
