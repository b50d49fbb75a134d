// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.curves;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.mooring.interop.bench.CpuTime;
import org.mooring.interop.process.InServer;
import org.mooring.interop.process.Jars;

/** The server's jar with one choice of {@code --crypto}, and all nodes enrolled. */
final class CertificateServer implements AutoCloseable {
  private final InServer server;
  private final CertificateLoad load;

  private CertificateServer(InServer server, CertificateLoad load) {
    this.server = server;
    this.load = load;
  }

  /**
   * Starts a server.
   *
   * @param folder takes its data and its log
   * @param crypto the choice
   */
  static CertificateServer start(
      Path folder, List<String> jvm, String crypto, CertificateNodes nodes, CertificateLoad load) {
    List<String> options = new ArrayList<>(nodes.serverOptions());
    options.addAll(List.of("--crypto", crypto));
    InServer server =
        InServer.start(
            Jars.ofThisProject(), folder.resolve(crypto), new InServer.Settings(jvm, options));
    var unused = server.admin().importEnrolees(nodes.orders());
    return new CertificateServer(server, load);
  }

  /** The provider that the server says it uses. */
  String provider() {
    return server.admin().status().text("cryptoProvider").orElseThrow();
  }

  long pid() {
    return server.process().pid();
  }

  /**
   * Has nodes shake hands.
   *
   * @throws IllegalStateException if one fails
   */
  Handshakes shakeHands(int count) throws InterruptedException {
    long own = ProcessHandle.current().pid();
    Duration serverBefore = CpuTime.of(pid());
    Duration clientsBefore = CpuTime.of(own);
    Duration took = load.run(server.coapsAddress(), count);
    return new Handshakes(
        count, took, CpuTime.of(pid()).minus(serverBefore), CpuTime.of(own).minus(clientsBefore));
  }

  @Override
  public void close() {
    server.close();
  }
}
