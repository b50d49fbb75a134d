// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.net.InetSocketAddress;
import org.mooring.common.identifier.Fqdn;

/** Opens the client ends of DTLS sessions. */
public interface SecureEndpointFactory extends AutoCloseable {

  /**
   * Opens an endpoint on a local port of its own; no datagram leaves before it is used.
   *
   * @param server where the function is reached
   * @param serverName the function's name, sent as SNI
   * @param credential what authenticates this client
   * @throws java.io.UncheckedIOException if no local port is to be had
   */
  SecureEndpoint open(InetSocketAddress server, Fqdn serverName, EndpointCredential credential);

  /** Closes every endpoint that is open and waits until their close_notify alerts are sent. */
  @Override
  void close();
}
