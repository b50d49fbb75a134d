// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.floor;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointExecutors;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.interop.fleet.FleetSettings;
import org.mooring.interop.fleet.Launch;

/** Many bare nodes on the fleet's transport: as many threads, one selector, the same endpoints. */
final class BareFleet implements AutoCloseable {
  private static final int DTLS_THREADS = 2;
  private static final int NODE_THREADS = 2;

  private final EndpointExecutors executors =
      EndpointExecutors.createWithReceiver("fleet-dtls", DTLS_THREADS);
  private final DtlsEndpointFactory endpoints =
      DtlsEndpointFactory.create(EndpointTimers.DEFAULT, Serialization.CBOR, executors, false);
  private final ScheduledThreadPoolExecutor scheduler =
      new ScheduledThreadPoolExecutor(NODE_THREADS, new DaemonThreadFactory("fleet-node-"));
  private final List<BareNode> nodes = new ArrayList<>();

  /**
   * @param path names the exchanges
   */
  BareFleet(String path, WalkPlan plan, InetSocketAddress server, int count) {
    List<List<RequestPrimitive>> requests = requests(path, plan);
    for (int i = 0; i < count; i++) {
      nodes.add(new BareNode(requests, endpoints, server));
    }
  }

  private static List<List<RequestPrimitive>> requests(String path, WalkPlan plan) {
    List<List<RequestPrimitive>> requests = new ArrayList<>();
    int number = 0;
    for (WalkPlan.Session session : plan.sessions()) {
      List<RequestPrimitive> ofSession = new ArrayList<>();
      for (WalkPlan.Exchange exchange : session.exchanges()) {
        String target = path + number;
        ofSession.add(Padding.request(target, "request" + number++, exchange.request()));
      }
      requests.add(ofSession);
    }
    return requests;
  }

  /**
   * Has all nodes walk.
   *
   * @return from the first start to the last end
   * @throws IllegalStateException if a node fails
   */
  Duration run(int concurrent, Duration limit) throws InterruptedException {
    AtomicReference<Throwable> failed = new AtomicReference<>();
    List<Supplier<CompletionStage<?>>> walks = new ArrayList<>();
    for (BareNode node : nodes) {
      walks.add(
          () -> node.walk().whenComplete((done, failure) -> failed.compareAndSet(null, failure)));
    }
    FleetSettings.Pace pace = new FleetSettings.Pace(Double.POSITIVE_INFINITY, concurrent);
    Launch launch = new Launch(walks, pace, scheduler);
    long begun = System.nanoTime();
    CompletableFuture<Void> done = launch.start();
    try {
      done.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the bare nodes did not get there", e);
    } finally {
      launch.stop();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    if (failed.get() != null) {
      throw new IllegalStateException("a bare node failed", failed.get());
    }
    return took;
  }

  /** What passed the nodes' sockets so far. */
  TrafficMeter.Reading traffic() {
    return endpoints.traffic();
  }

  @Override
  public void close() {
    nodes.forEach(BareNode::close);
    endpoints.close();
    scheduler.shutdownNow();
    executors.close();
  }
}
