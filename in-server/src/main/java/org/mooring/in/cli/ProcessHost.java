// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.mooring.in.GatewayServer;
import org.mooring.in.GatewaySettings;
import org.mooring.in.InServer;
import org.mooring.in.ServeSettings;
import org.mooring.in.admin.Ports;
import org.mooring.in.crypto.CryptoChoice;
import org.mooring.in.crypto.CryptoSetup;
import org.mooring.in.crypto.CryptoUnavailableException;

/** Runs the server in this process until it is told to end: SIGTERM, SIGINT. */
final class ProcessHost implements ServerHost {
  private final CountDownLatch stopped = new CountDownLatch(1);

  @Override
  public void useCrypto(CryptoChoice choice) throws CryptoUnavailableException {
    var unused = new CryptoSetup().apply(choice);
  }

  @Override
  public Ports start(ServeSettings settings) {
    InServer server = InServer.start(settings, InstantSource.system());
    stopAtTheEnd(server::close);
    return server.ports();
  }

  @Override
  public StartedGateway startGateway(GatewaySettings settings) {
    GatewayServer gateway = GatewayServer.start(settings, InstantSource.system());
    stopAtTheEnd(gateway::close);
    return new StartedGateway(gateway.ports(), gateway.provider());
  }

  private void stopAtTheEnd(Runnable stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  stopped.countDown();
                },
                "stop"));
  }

  @Override
  public void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
