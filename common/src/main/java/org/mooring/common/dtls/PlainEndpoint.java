// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.config.Configuration;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.Serialization;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;

/** A client on plain CoAP. It owns a local UDP port and its threads until closed. */
public final class PlainEndpoint implements AutoCloseable {
  private static final int MAX_BODY_OCTETS = 1 << 20;

  private final InetSocketAddress server;
  private final CoapEndpoint endpoint;
  private final OutboundRequests requests;
  private final TrafficMeter meter;
  private final EndpointExecutors executors;

  private PlainEndpoint(
      InetSocketAddress server,
      CoapEndpoint endpoint,
      OutboundRequests requests,
      TrafficMeter meter,
      EndpointExecutors executors) {
    this.server = server;
    this.endpoint = endpoint;
    this.requests = requests;
    this.meter = meter;
    this.executors = executors;
  }

  /**
   * Takes a local port; no datagram leaves before it is used.
   *
   * @param server whom to send to
   * @throws UncheckedIOException if no local port is to be had
   */
  public static PlainEndpoint open(
      InetSocketAddress server, Serialization serialization, EndpointTimers timers) {
    TrafficMeter meter = new TrafficMeter();
    EndpointExecutors executors = EndpointExecutors.create("coap-client", 1);
    Configuration configuration = DtlsProfile.coap(timers, MAX_BODY_OCTETS);
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConnector(new MeteredUdpConnector(new InetSocketAddress(0), configuration, meter))
            .setConfiguration(configuration)
            .setOptionRegistry(CoapBinding.optionRegistry())
            .build();
    endpoint.setExecutors(executors.main(), executors.secondary());
    OutboundRequests requests =
        new OutboundRequests(endpoint, serialization, executors.secondary());
    PlainEndpoint opened = new PlainEndpoint(server, endpoint, requests, meter, executors);
    try {
      endpoint.start();
      return opened;
    } catch (IOException e) {
      opened.close();
      throw new UncheckedIOException("no local UDP port", e);
    }
  }

  /** Sends a request; fails with {@link NoAnswerException} after the last retransmission. */
  public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
    return requests.send(request, new AddressEndpointContext(server)).minimalCompletionStage();
  }

  /** What passed this endpoint's socket since it was opened. */
  public TrafficMeter.Reading traffic() {
    return meter.read();
  }

  /** Frees the port and waits for its threads. */
  @Override
  public void close() {
    endpoint.destroy();
    executors.close();
  }
}
