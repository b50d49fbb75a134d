// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.peer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.leshan.client.LeshanClient;
import org.eclipse.leshan.client.LeshanClientBuilder;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointFactory;
import org.eclipse.leshan.client.californium.endpoint.CaliforniumClientEndpointsProvider;
import org.eclipse.leshan.client.californium.endpoint.coaps.CoapsClientEndpointFactory;
import org.eclipse.leshan.client.californium.endpoint.coaps.CoapsClientProtocolProvider;
import org.eclipse.leshan.client.object.Device;
import org.eclipse.leshan.client.object.Security;
import org.eclipse.leshan.client.object.Server;
import org.eclipse.leshan.client.resource.ObjectsInitializer;
import org.eclipse.leshan.core.LwM2mId;
import org.eclipse.leshan.core.model.LwM2mModel;
import org.eclipse.leshan.core.model.ObjectLoader;
import org.eclipse.leshan.core.model.StaticModel;
import org.eclipse.leshan.core.request.BindingMode;
import org.mooring.common.dtls.EndpointExecutors;
import org.mooring.common.dtls.SharedReceiver;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.fleet.Launch;

/**
 * Many of Leshan's clients in one process. They share the threads that its API lets them share, and
 * one that receives; a client's engine holds a thread from its start until it is registered, so
 * there are as many of these as clients on their way at a time.
 */
public final class LeshanFleet implements AutoCloseable {
  private static final int DTLS_THREADS = 2;

  private final EndpointExecutors executors =
      EndpointExecutors.createWithReceiver("leshan-dtls", DTLS_THREADS);
  private final ScheduledThreadPoolExecutor engines;
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(1, new DaemonThreadFactory("leshan-start-"));
  private final int concurrent;
  private final List<Member> members = new ArrayList<>();

  /** A client and the stage of its registration. */
  private record Member(LeshanClient client, CompletableFuture<Void> registered) {}

  /**
   * Makes clients; none starts yet.
   *
   * @param first number of the first, so that every one is new to the servers
   * @param bootstrapPort on loopback
   * @param concurrent the most on their way at a time
   */
  public LeshanFleet(int first, int count, int bootstrapPort, int concurrent) {
    this.concurrent = concurrent;
    this.engines =
        new ScheduledThreadPoolExecutor(
            Math.min(concurrent, count), new DaemonThreadFactory("leshan-engine-"));
    this.engines.setRemoveOnCancelPolicy(true);
    LwM2mModel model = new StaticModel(ObjectLoader.loadDefault());
    for (int number = first; number < first + count; number++) {
      members.add(member(new LeshanNode(number), bootstrapPort, model));
    }
  }

  private Member member(LeshanNode node, int bootstrapPort, LwM2mModel model) {
    ObjectsInitializer objects = new ObjectsInitializer(model);
    objects.setInstancesForObject(
        LwM2mId.SECURITY,
        Security.pskBootstrap(
            "coaps://127.0.0.1:" + bootstrapPort,
            node.bootstrapIdentity().getBytes(StandardCharsets.UTF_8),
            LeshanNode.key()));
    objects.setClassForObject(LwM2mId.SERVER, Server.class);
    objects.setInstancesForObject(
        LwM2mId.DEVICE, new Device("Mooring", "bench", "1", EnumSet.of(BindingMode.U)));
    CaliforniumClientEndpointsProvider endpoints = endpoints();
    LeshanClient client =
        new LeshanClientBuilder(node.name())
            .setObjects(objects.create(LwM2mId.SECURITY, LwM2mId.SERVER, LwM2mId.DEVICE))
            .setEndpointsProviders(endpoints)
            .setSharedExecutor(engines)
            .build();
    endpoints.getCoapServer().setExecutors(executors.main(), executors.secondary(), true);
    RegistrationWatch watch = new RegistrationWatch();
    client.addObserver(watch);
    return new Member(client, watch.registered());
  }

  private CaliforniumClientEndpointsProvider endpoints() {
    SharedReceiver receiver = Objects.requireNonNull(executors.receiver());
    CaliforniumClientEndpointsProvider.Builder builder =
        new CaliforniumClientEndpointsProvider.Builder(
            new SharedProtocol(executors.main(), receiver));
    Configuration configuration = builder.createDefaultConfiguration();
    configuration.set(
        DtlsConfig.DTLS_CIPHER_SUITES, List.of(CipherSuite.TLS_PSK_WITH_AES_128_CCM_8));
    configuration.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0);
    configuration.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 0);
    return builder.setConfiguration(configuration).build();
  }

  /** CoAP over DTLS on shared threads. */
  private static final class SharedProtocol extends CoapsClientProtocolProvider {
    private final ScheduledExecutorService main;
    private final SharedReceiver receiver;

    SharedProtocol(ScheduledExecutorService main, SharedReceiver receiver) {
      this.main = main;
      this.receiver = receiver;
    }

    @Override
    public CaliforniumClientEndpointFactory createDefaultEndpointFactory() {
      return new CoapsClientEndpointFactory() {
        @Override
        protected Connector createSecuredConnector(DtlsConnectorConfig config) {
          LeshanConnector connector = new LeshanConnector(config, receiver);
          connector.setExecutor(main);
          return connector;
        }
      };
    }
  }

  /**
   * Has all clients bootstrap and register.
   *
   * @return from the first start to the last registration
   * @throws IllegalStateException if a client fails or the time is over
   */
  public Duration run(Duration limit) throws InterruptedException {
    List<Supplier<CompletionStage<?>>> starts = new ArrayList<>();
    for (Member member : members) {
      starts.add(
          () -> {
            member.client().start();
            return member.registered();
          });
    }
    FleetSettings.Pace pace = new FleetSettings.Pace(Double.POSITIVE_INFINITY, concurrent);
    Launch launch = new Launch(starts, pace, scheduler);
    long begun = System.nanoTime();
    try {
      launch.start().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      for (Member member : members) {
        member.registered().get();
      }
      return took;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Leshan's clients did not get there", e);
    } finally {
      launch.stop();
    }
  }

  /** Sends every client home without a word to the server, and ends what they shared. */
  @Override
  public void close() {
    members.forEach(member -> member.client().destroy(false));
    engines.shutdownNow();
    scheduler.shutdownNow();
    executors.close();
  }
}
