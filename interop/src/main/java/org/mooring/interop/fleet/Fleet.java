// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Vault;
import org.mooring.common.codec.Serialization;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointExecutors;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.interop.relay.DatagramRelay;
import org.mooring.interop.relay.Interceptor;

/**
 * Many nodes in one process, toward one server. They share a few threads and none waits: the number
 * of threads does not grow with that of the nodes.
 */
public final class Fleet implements AutoCloseable {
  private static final int DTLS_THREADS = 2;
  private static final int NODE_THREADS = 2;

  /** Vaults in files wait for the disk. */
  private static final int NODE_THREADS_WITH_FILES = 8;

  private static final Duration LAST_ANSWERS = Duration.ofSeconds(60);

  private final FleetSettings settings;
  private final @Nullable DatagramRelay relay;
  private final EndpointExecutors executors;
  private final DtlsEndpointFactory endpoints;
  private final ScheduledThreadPoolExecutor scheduler;
  private final Measurements measurements = new Measurements();
  private final Stopwatch watch = new Stopwatch();
  private final AtomicInteger registered = new AtomicInteger();
  private final List<FleetNode> nodes;

  /**
   * Makes the nodes; none starts yet.
   *
   * @param server the address of the MEF, resolved; on loopback where the settings name a network
   *     that is not perfect, for a relay stands in between then
   * @param enrolees one node for each
   */
  public Fleet(FleetSettings settings, InetSocketAddress server, List<Enrolee> enrolees) {
    this.settings = settings;
    this.relay =
        settings.network().isPerfect()
            ? null
            : DatagramRelay.open(server, Interceptor.NONE, settings.network(), settings.seed());
    this.executors = EndpointExecutors.createWithReceiver("fleet-dtls", DTLS_THREADS);
    this.endpoints =
        DtlsEndpointFactory.create(settings.timers(), Serialization.CBOR, executors, false);
    this.scheduler = scheduler(settings.vaults() == null ? NODE_THREADS : NODE_THREADS_WITH_FILES);
    InetSocketAddress mef =
        relay == null
            ? server
            : new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port());
    List<FleetNode> made = new ArrayList<>();
    for (Enrolee enrolee : enrolees) {
      int number = made.size();
      StateKeeper keeper =
          new StateKeeper(vault(number), NodeState.factory(enrolee.credential(mef)));
      made.add(new FleetNode(number, keeper, this::node, watch, measurements));
    }
    this.nodes = List.copyOf(made);
  }

  private static ScheduledThreadPoolExecutor scheduler(int threads) {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(threads, new DaemonThreadFactory("fleet-node-"));
    scheduler.setRemoveOnCancelPolicy(true);
    return scheduler;
  }

  private Vault vault(int number) {
    return settings
        .vaultFolder()
        .<Vault>map(folder -> FileVault.in(folder.resolve("node-" + number)))
        .orElseGet(MemoryVault::new);
  }

  private Node node(StateKeeper keeper, NodeListener listener) {
    return new Node(
        endpoints, keeper, InstantSource.system(), settings.backoff(), scheduler, listener);
  }

  public int size() {
    return nodes.size();
  }

  /** Nodes registered so far. */
  public int registered() {
    return registered.get();
  }

  /** The network that stands between, where it is not perfect. */
  public Optional<DatagramRelay> network() {
    return Optional.ofNullable(relay);
  }

  /** Starts the nodes, waits until they are registered or the time is over, and follows up. */
  public FleetResult run() throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    threads.resetPeakThreadCount();
    watch.restart();
    boolean complete = launch(this::walk, settings.timeout());
    TrafficMeter.Reading walked = endpoints.traffic();
    complete = complete && follow(settings.then());
    TrafficMeter.Reading followed = endpoints.traffic().minus(walked);
    return new FleetResult(
        nodes.stream().map(FleetNode::account).toList(),
        measurements.latencies(FleetResult.ORDER),
        measurements.failures(),
        walked,
        followed,
        relay == null ? null : relay.statistics(),
        complete,
        threads.getPeakThreadCount());
  }

  private CompletionStage<?> walk(FleetNode node) {
    return node.start().thenRun(registered::incrementAndGet);
  }

  /** Has registered nodes do something more; tells whether all of it went well. */
  public boolean follow(FollowUp what) throws InterruptedException {
    if (what instanceof FollowUp.Reconnect reconnect) {
      boolean complete = true;
      for (int i = 0; i < reconnect.times() && complete; i++) {
        complete = launch(timed(FleetResult.RECONNECT, FleetNode::restart), settings.timeout());
      }
      return complete;
    }
    return !(what instanceof FollowUp.Steady steady) || publish(steady);
  }

  private boolean publish(FollowUp.Steady plan) throws InterruptedException {
    if (!launch(timed("container", FleetNode::makeContainer), settings.timeout())) {
      return false;
    }
    SteadyTraffic traffic = new SteadyTraffic(nodes, plan, measurements);
    boolean answered = isDone(traffic.start(scheduler), plan.duration().plus(LAST_ANSWERS));
    traffic.stop();
    return answered && measurements.failuresOf(FleetResult.PUBLISH) == 0;
  }

  private Function<FleetNode, CompletionStage<?>> timed(
      String step, Function<FleetNode, CompletionStage<?>> task) {
    return node -> {
      Stopwatch own = new Stopwatch();
      return task.apply(node).thenRun(() -> measurements.took(step, own.elapsed()));
    };
  }

  /** Has every node do something, at the fleet's pace; tells whether all did it in time. */
  private boolean launch(Function<FleetNode, CompletionStage<?>> task, Duration limit)
      throws InterruptedException {
    AtomicInteger succeeded = new AtomicInteger();
    List<Supplier<CompletionStage<?>>> tasks = new ArrayList<>();
    for (FleetNode node : nodes) {
      tasks.add(() -> task.apply(node).thenRun(succeeded::incrementAndGet));
    }
    Launch launch = new Launch(tasks, settings.pace(), scheduler);
    boolean ended = isDone(launch.start(), limit);
    launch.stop();
    return ended && succeeded.get() == nodes.size();
  }

  private static boolean isDone(CompletableFuture<Void> work, Duration limit)
      throws InterruptedException {
    CompletableFuture<Boolean> inTime =
        work.handle((done, failure) -> failure == null)
            .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return inTime.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Sends every node home, and ends what they shared. */
  @Override
  public void close() {
    nodes.forEach(FleetNode::close);
    endpoints.close();
    scheduler.shutdownNow();
    executors.close();
    if (relay != null) {
      relay.close();
    }
  }
}
