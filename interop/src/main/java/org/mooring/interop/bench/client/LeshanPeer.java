// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.client;

import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mooring.interop.bench.peer.LeshanNode;
import org.mooring.interop.bench.peer.LeshanServers;

/**
 * Leshan's client in its smallest program, with Leshan's servers in this process. It keeps nothing
 * over a restart, so its later start is told what the bootstrap had told it.
 */
final class LeshanPeer implements Client, AutoCloseable {
  private final LeshanServers servers;
  private final int managementPort;
  private int made;

  private LeshanPeer(LeshanServers servers, int managementPort) {
    this.servers = servers;
    this.managementPort = managementPort;
  }

  /** Starts the servers, which know so many clients. */
  static LeshanPeer start(int clients) {
    AtomicInteger managementPort = new AtomicInteger();
    LeshanServers servers =
        LeshanServers.start(
            clients,
            port -> {
              managementPort.set(port);
              return port;
            });
    return new LeshanPeer(servers, managementPort.get());
  }

  @Override
  public Life next() {
    LeshanNode node = new LeshanNode(made++);
    String key = HexFormat.of().formatHex(LeshanNode.key());
    return new Life(
        List.of(
            "bootstrap", uri(servers.bootstrapPort()), node.name(), node.bootstrapIdentity(), key),
        List.of("known", uri(managementPort), node.name(), node.managementIdentity(), key),
        "registered");
  }

  private static String uri(int port) {
    return "coaps://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    servers.close();
  }
}
