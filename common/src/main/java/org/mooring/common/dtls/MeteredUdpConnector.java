// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.Configuration;

/** Californium's plain connector with a metered socket. */
final class MeteredUdpConnector extends UDPConnector {
  private final TrafficMeter meter;

  MeteredUdpConnector(InetSocketAddress address, Configuration configuration, TrafficMeter meter) {
    super(address, configuration);
    this.meter = meter;
  }

  @Override
  public synchronized void start() throws IOException {
    if (!isRunning()) {
      MeteredSocket socket = new MeteredSocket(meter);
      socket.bind(localAddr);
      init(socket);
    }
  }
}
