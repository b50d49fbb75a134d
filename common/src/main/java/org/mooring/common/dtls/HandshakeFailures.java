// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.jspecify.annotations.Nullable;
import org.mooring.common.dtls.HandshakeFailedException.Stage;

/** Tells a client's failed handshakes apart. */
final class HandshakeFailures {
  /** The client's last flight of a full handshake: key exchange and Finished (RFC 6347 4.2.4). */
  private static final int LAST_FLIGHT = 5;

  private HandshakeFailures() {}

  /**
   * @param server where the handshake was tried
   */
  static HandshakeFailedException classify(Throwable error, InetSocketAddress server) {
    if (error instanceof DtlsHandshakeTimeoutException timeout) {
      return timeout.getFlightNumber() >= LAST_FLIGHT
          ? failed(
              Stage.LAST_FLIGHT,
              "the server answered but did not accept the key: it may be another one, expired or"
                  + " revoked, or the server had too much to do to answer")
          : failed(
              Stage.NO_ANSWER,
              "no answer from " + text(server) + ": check the address and the network");
    }
    if (error instanceof UntrustedServerException untrusted) {
      return failed(Stage.REFUSED, "the server is not trusted: " + untrusted.getMessage());
    }
    if (error instanceof HandshakeException refused) {
      return failed(Stage.REFUSED, "alert " + describe(refused.getAlert()));
    }
    if (error instanceof IOException || error.getCause() instanceof IOException) {
      return failed(Stage.NO_ANSWER, "the network took no datagram to " + text(server));
    }
    return failed(Stage.REFUSED, error.getClass().getSimpleName() + ": " + error.getMessage());
  }

  private static String text(InetSocketAddress server) {
    String host = server.getHostString();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getPort();
  }

  private static String describe(@Nullable AlertMessage alert) {
    return alert == null ? "unknown" : String.valueOf(alert.getDescription());
  }

  private static HandshakeFailedException failed(Stage stage, String detail) {
    return new HandshakeFailedException(stage, detail);
  }
}
