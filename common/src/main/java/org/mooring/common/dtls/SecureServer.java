// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.mooring.common.codec.CoapBinding;

/** A {@code coaps} port: every request on it goes to one handler, with the session it came over. */
public final class SecureServer implements AutoCloseable {
  private final CoapEndpoint endpoint;
  private final SessionRegistry registry;
  private final TrafficMeter meter;
  private final EndpointExecutors executors;

  private SecureServer(
      CoapEndpoint endpoint,
      SessionRegistry registry,
      TrafficMeter meter,
      EndpointExecutors executors) {
    this.endpoint = endpoint;
    this.registry = registry;
    this.meter = meter;
    this.executors = executors;
  }

  /**
   * Opens the port and serves.
   *
   * @throws UncheckedIOException if the address can not be bound
   */
  public static SecureServer start(
      SecureServerSettings settings,
      CredentialLookup lookup,
      RequestHandler handler,
      SessionObserver observer) {
    TrafficMeter meter = new TrafficMeter();
    EndpointExecutors executors = EndpointExecutors.create("coaps", settings.threads());
    SessionRegistry registry = new SessionRegistry(observer, meter);
    DtlsConnectorConfig.Builder profile =
        DtlsProfile.server(settings)
            .setAdvancedPskStore(new PskLookup(lookup, registry, settings.maxLookups()));
    SessionConnector connector =
        SessionConnector.create(profile, registry, meter, executors.receiver());
    connector.setExecutor(executors.main());
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConnector(connector)
            .setConfiguration(DtlsProfile.coap(settings.timers(), settings.maxBodyOctets()))
            .setEndpointContextMatcher(new SessionMatcher())
            .setOptionRegistry(CoapBinding.optionRegistry())
            .setCoapStackFactory(new BoundedCoapStack())
            .build();
    endpoint.setExecutors(executors.main(), executors.secondary());
    endpoint.setMessageDeliverer(
        new InboundDispatcher(
            handler, registry::find, settings.maxBodyOctets(), executors.secondary()));
    SecureServer server = new SecureServer(endpoint, registry, meter, executors);
    try {
      endpoint.start();
      return server;
    } catch (IOException e) {
      server.close();
      throw new UncheckedIOException("can not listen on " + settings.address(), e);
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

  /** Sessions that stand. */
  public int sessions() {
    return registry.size();
  }

  SessionRegistry registry() {
    return registry;
  }

  /**
   * Closes the port and waits for its threads. The clients are not told: they notice by a missing
   * answer. The observer hears that every session is closed.
   */
  @Override
  public void close() {
    endpoint.destroy();
    registry.clear();
    executors.close();
  }
}
