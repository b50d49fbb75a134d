// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Tries the ports of a server before anything else is started or written. */
final class FreePorts {
  private FreePorts() {}

  /**
   * @throws IllegalStateException naming the option of the first port that can not be opened
   */
  static void require(ServeSettings settings) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    int coaps = settings.coapsPort();
    int coap = settings.coapPort();
    int http = settings.httpPort();
    require("--coaps-port", coaps, () -> new DatagramSocket(new InetSocketAddress(coaps)));
    require("--coap-port", coap, () -> new DatagramSocket(new InetSocketAddress(loopback, coap)));
    require("--http-port", http, () -> new ServerSocket(http, 1, loopback));
    settings
        .zn()
        .service()
        .ifPresent(zn -> require("--zn-port", zn.port(), () -> new ServerSocket(zn.port(), 1)));
    settings
        .ubPort()
        .ifPresent(
            ub -> {
              require("--ub-port", ub, () -> new ServerSocket(ub, 1));
              require("--ub-port", ub, () -> new DatagramSocket(new InetSocketAddress(ub)));
            });
  }

  private static void require(String option, int port, Opener opener) {
    if (port == 0) {
      return;
    }
    try {
      opener.open().close();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      String reason = message.contains("in use") ? "in use" : "can not be opened: " + message;
      throw new IllegalStateException(
          option + " " + port + ": " + reason + "; choose another, or 0 for any free one");
    }
  }

  /** Binds a port. */
  @FunctionalInterface
  private interface Opener {
    Closeable open() throws IOException;
  }
}
