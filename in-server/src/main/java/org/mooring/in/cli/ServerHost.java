// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cli;

import org.mooring.in.ServeSettings;
import org.mooring.in.admin.Ports;

/** What serve runs the server with. */
interface ServerHost {
  /**
   * Starts a server.
   *
   * @return the ports it was given, once it answers on them
   * @throws RuntimeException if it can not run with these settings
   */
  Ports start(ServeSettings settings);

  /** Returns once the server is to end; it stops in good order. */
  void awaitStop();
}
