// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.peer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.jspecify.annotations.Nullable;
import org.mooring.common.dtls.SharedReceiver;

/** Scandium's connector with one thread that receives for all clients, as the fleet has it. */
final class LeshanConnector extends DTLSConnector {
  private final SharedReceiver receiver;
  private volatile @Nullable DatagramChannel channel;

  LeshanConnector(DtlsConnectorConfig config, SharedReceiver receiver) {
    super(config);
    this.receiver = receiver;
  }

  @Override
  protected void start(InetSocketAddress bindAddress) throws IOException {
    if (isRunning()) {
      return;
    }
    DatagramChannel opened = DatagramChannel.open();
    try {
      opened.configureBlocking(false);
      channel = opened;
      init(bindAddress, opened.socket(), null);
      receiver.register(opened, this::processDatagram);
    } catch (IOException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  protected void sendNextDatagramOverNetwork(DatagramPacket datagram) throws IOException {
    DatagramChannel own = channel;
    if (own != null) {
      int length = datagram.getLength();
      ByteBuffer content = ByteBuffer.wrap(datagram.getData(), datagram.getOffset(), length);
      own.send(content, datagram.getSocketAddress());
    }
  }

  @Override
  public void stop() {
    super.stop();
    receiver.release();
  }
}
