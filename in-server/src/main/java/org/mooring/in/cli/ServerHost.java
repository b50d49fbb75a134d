// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.in.GatewaySettings;
import org.mooring.in.ServeSettings;
import org.mooring.in.admin.Ports;
import org.mooring.in.crypto.CryptoChoice;
import org.mooring.in.crypto.CryptoUnavailableException;

/** What serve runs the server with. */
interface ServerHost {
  /**
   * Settles who computes on elliptic curves, before the first key is read: a key stays with the
   * provider that read it.
   *
   * @throws CryptoUnavailableException if the choice can not be met here
   */
  void useCrypto(CryptoChoice choice) throws CryptoUnavailableException;

  /**
   * Starts a server.
   *
   * @return the ports it was given, once it answers on them
   * @throws RuntimeException if it can not run with these settings
   */
  Ports start(ServeSettings settings);

  /**
   * Starts an MN-CSE; at its first start it waits until it is enrolled.
   *
   * @throws RuntimeException if it can not run with these settings
   */
  StartedGateway startGateway(GatewaySettings settings);

  /** Returns once the server is to end; it stops in good order. */
  void awaitStop();
}
