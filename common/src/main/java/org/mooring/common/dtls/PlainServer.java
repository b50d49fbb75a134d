// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.config.Configuration;
import org.mooring.common.codec.CoapBinding;

/**
 * A plain {@code coap} port: every request on it goes to one handler, without a session. Whoever
 * opens it decides by the address who reaches it; outside test beds that is the loopback.
 */
public final class PlainServer implements AutoCloseable {
  private static final int THREADS = 2;

  private final CoapEndpoint endpoint;
  private final BoundedCoapStack stack;
  private final TrafficMeter meter;
  private final EndpointExecutors executors;

  private PlainServer(
      CoapEndpoint endpoint,
      BoundedCoapStack stack,
      TrafficMeter meter,
      EndpointExecutors executors) {
    this.endpoint = endpoint;
    this.stack = stack;
    this.meter = meter;
    this.executors = executors;
  }

  /**
   * Opens the port and serves.
   *
   * @param address where to listen; port 0 takes any free one
   * @param maxBodyOctets the largest request body; a larger one is answered with 4.13
   * @throws UncheckedIOException if the address can not be bound
   */
  public static PlainServer start(
      InetSocketAddress address, int maxBodyOctets, RequestHandler handler) {
    TrafficMeter meter = new TrafficMeter();
    EndpointExecutors executors = EndpointExecutors.create("coap", THREADS);
    Configuration configuration = DtlsProfile.coap(EndpointTimers.DEFAULT, maxBodyOctets);
    BoundedCoapStack stack = new BoundedCoapStack();
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConnector(new MeteredUdpConnector(address, configuration, meter))
            .setConfiguration(configuration)
            .setDataSerializerAndParser(new UdpDataSerializer(), CoapBinding.parser())
            .setCoapStackFactory(stack)
            .build();
    endpoint.setExecutors(executors.main(), executors.secondary());
    endpoint.setMessageDeliverer(
        new InboundDispatcher(
            handler,
            BareHandler.NONE,
            InboundDispatcher.Sessions.NONE,
            maxBodyOctets,
            executors.secondary()));
    PlainServer server = new PlainServer(endpoint, stack, meter, executors);
    try {
      endpoint.start();
      return server;
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException("can not listen on " + address, e);
    }
  }

  /** The port in use. */
  public int port() {
    return endpoint.getAddress().getPort();
  }

  /** What passed the port since it was opened. */
  public TrafficMeter.Reading traffic() {
    return meter.read();
  }

  /** Whether a body is under way of which blocks are missing or not fetched yet. */
  public boolean hasUnfinishedBodies() {
    return stack.hasUnfinishedBodies();
  }

  /** Closes the port and waits for its threads. */
  @Override
  public void close() {
    endpoint.destroy();
    executors.close();
  }
}
