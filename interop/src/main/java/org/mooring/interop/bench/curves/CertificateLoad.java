// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.curves;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointExecutors;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.fleet.Launch;

/** Nodes that shake hands with a MEF in full and leave, again and again. */
final class CertificateLoad implements AutoCloseable {
  private static final int DTLS_THREADS = 2;
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final EndpointExecutors executors =
      EndpointExecutors.createWithReceiver("certificate-dtls", DTLS_THREADS);
  private final DtlsEndpointFactory endpoints =
      DtlsEndpointFactory.create(EndpointTimers.DEFAULT, Serialization.CBOR, executors, false);
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(1, new DaemonThreadFactory("certificate-load-"));
  private final List<CertificateCredential> nodes;
  private final int concurrent;

  /**
   * @param concurrent the most handshakes under way at a time
   */
  CertificateLoad(List<CertificateCredential> nodes, int concurrent) {
    this.nodes = List.copyOf(nodes);
    this.concurrent = concurrent;
  }

  /**
   * Shakes hands, one node after the other and then from the first on.
   *
   * @return from the first start to the last end
   * @throws IllegalStateException if one fails
   */
  Duration run(InetSocketAddress server, int count) throws InterruptedException {
    AtomicReference<Throwable> failed = new AtomicReference<>();
    List<Supplier<CompletionStage<?>>> handshakes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CertificateCredential node = nodes.get(i % nodes.size());
      handshakes.add(
          () ->
              shakeHands(server, node)
                  .whenComplete((done, failure) -> failed.compareAndSet(null, failure)));
    }
    Launch launch =
        new Launch(
            handshakes, new FleetSettings.Pace(Double.POSITIVE_INFINITY, concurrent), scheduler);
    long before = endpoints.traffic().handshakes();
    long begun = System.nanoTime();
    try {
      launch.start().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the handshakes do not end", e);
    } finally {
      launch.stop();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    if (failed.get() != null) {
      throw new IllegalStateException("a handshake failed", failed.get());
    }
    long made = endpoints.traffic().handshakes() - before;
    if (made != count) {
      throw new IllegalStateException("the nodes shook hands " + made + " times");
    }
    return took;
  }

  private CompletionStage<?> shakeHands(InetSocketAddress server, CertificateCredential node) {
    SecureEndpoint endpoint = endpoints.open(server, CertificateNodes.MEF, node);
    return endpoint.connect().whenComplete((session, failure) -> endpoint.close());
  }

  @Override
  public void close() {
    endpoints.close();
    scheduler.shutdownNow();
    executors.close();
  }
}
