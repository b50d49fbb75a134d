// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.InMemoryMessageExchangeStore;
import org.eclipse.californium.core.network.RandomTokenGenerator;
import org.eclipse.californium.core.network.TokenGenerator;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.mooring.common.codec.CoapBinding;
import org.mooring.common.codec.Serialization;

/** A {@code coaps} port: every request on it goes to one handler, with the session it came over. */
public final class SecureServer implements AutoCloseable {
  private final CoapEndpoint endpoint;
  private final BoundedCoapStack stack;
  private final SessionConnector connector;
  private final PskLookup lookups;
  private final SessionRegistry registry;
  private final OutboundRequests requests;
  private final TrafficMeter meter;
  private final EndpointExecutors executors;

  /**
   * What clients take up at a moment.
   *
   * @param connections half-open ones, those of sessions and those that are only left to resume
   * @param handshakes under way
   * @param lookUps of credentials whose answer is awaited
   * @param unfinishedBodies whether blocks of a body are missing or not fetched yet
   * @param turnedAway ClientHellos that were not admitted or found no place, since the port was
   *     opened
   */
  public record Load(
      int connections, int handshakes, int lookUps, boolean unfinishedBodies, long turnedAway) {}

  private SecureServer(
      CoapEndpoint endpoint,
      BoundedCoapStack stack,
      SessionConnector connector,
      PskLookup lookups,
      SessionRegistry registry,
      OutboundRequests requests,
      TrafficMeter meter,
      EndpointExecutors executors) {
    this.endpoint = endpoint;
    this.stack = stack;
    this.connector = connector;
    this.lookups = lookups;
    this.registry = registry;
    this.requests = requests;
    this.meter = meter;
    this.executors = executors;
  }

  /**
   * Opens the port and serves, whatever the load.
   *
   * @throws UncheckedIOException if the address can not be bound
   */
  public static SecureServer start(
      SecureServerSettings settings,
      CredentialLookup lookup,
      RequestHandler handler,
      SessionObserver observer) {
    return start(
        settings,
        lookup,
        Optional.empty(),
        handler,
        BareHandler.NONE,
        observer,
        HandshakeAdmission.ALL);
  }

  /**
   * Opens the port and serves.
   *
   * @param certificates for handshakes with certificates; without them there are only those with
   *     pre-shared keys
   * @param bare answers on the paths that carry no primitives
   * @throws UncheckedIOException if the address can not be bound
   */
  public static SecureServer start(
      SecureServerSettings settings,
      CredentialLookup lookup,
      Optional<ServerCertificates> certificates,
      RequestHandler handler,
      BareHandler bare,
      SessionObserver observer,
      HandshakeAdmission admission) {
    TrafficMeter meter = new TrafficMeter();
    EndpointExecutors executors = EndpointExecutors.createForMany("coaps", settings.threads());
    Configuration coap = DtlsProfile.coap(settings.timers(), settings.maxBodyOctets());
    SessionDeduplicator repeats =
        new SessionDeduplicator(
            Duration.ofNanos(coap.get(CoapConfig.EXCHANGE_LIFETIME, TimeUnit.NANOSECONDS)),
            System::nanoTime);
    SessionRegistry registry = new SessionRegistry(observer, meter, repeats::forget);
    PskLookup lookups = new PskLookup(lookup, registry, settings.maxLookups());
    DtlsConnectorConfig.Builder profile = DtlsProfile.server(settings).setAdvancedPskStore(lookups);
    certificates.ifPresent(
        own -> {
          ClientCertificates clients = new ClientCertificates(own, registry, settings.maxLookups());
          DtlsProfile.addCertificates(profile);
          profile
              .setCertificateIdentityProvider(new OwnCertificate(own))
              .setAdvancedCertificateVerifier(clients)
              .setApplicationLevelInfoSupplier(clients);
        });
    BoundedCoapStack stack = new BoundedCoapStack();
    SessionConnector connector =
        SessionConnector.create(profile, registry, meter, executors.receiver(), admission);
    connector.setExecutor(executors.main());
    TokenGenerator tokens = new RandomTokenGenerator(coap);
    InMemoryMessageExchangeStore exchanges = new InMemoryMessageExchangeStore(coap, tokens);
    exchanges.setDeduplicator(repeats);
    CoapEndpoint endpoint =
        CoapEndpoint.builder()
            .setConnector(connector)
            .setConfiguration(coap)
            .setTokenGenerator(tokens)
            .setMessageExchangeStore(exchanges)
            .setEndpointContextMatcher(new SessionMatcher())
            .setDataSerializerAndParser(new UdpDataSerializer(), CoapBinding.parser())
            .setCoapStackFactory(stack)
            .build();
    endpoint.setExecutors(executors.main(), executors.secondary());
    endpoint.setMessageDeliverer(
        new InboundDispatcher(
            handler, bare, registry::find, settings.maxBodyOctets(), executors.secondary()));
    OutboundRequests requests =
        new OutboundRequests(endpoint, Serialization.CBOR, executors.secondary());
    registry.attach(requests);
    SecureServer server =
        new SecureServer(endpoint, stack, connector, lookups, registry, requests, meter, executors);
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

  /** What clients take up now; nothing once the last one is gone and its waits have run out. */
  public Load load() {
    return new Load(
        connector.connections(),
        registry.handshakes(),
        lookups.underWay(),
        stack.hasUnfinishedBodies(),
        connector.turnedAway());
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
    requests.cancelAll();
    endpoint.destroy();
    registry.clear();
    executors.close();
  }
}
