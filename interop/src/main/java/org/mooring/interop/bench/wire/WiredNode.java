// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.bench.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.californium.elements.util.DaemonThreadFactory;
import org.mooring.asn.Backoff;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.registration.OwnCse;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.DtlsEndpointFactory;
import org.mooring.common.dtls.EndpointTimers;
import org.mooring.common.dtls.PskCredential;
import org.mooring.common.dtls.SecureEndpoint;
import org.mooring.common.dtls.SecureSession;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.interop.fleet.Enrolee;
import org.mooring.interop.fleet.MemoryVault;
import org.mooring.interop.relay.DatagramRelay;

/** One node behind a relay, led step by step; each step gives what it cost on the wire. */
final class WiredNode implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final DatagramRelay relay;
  private final DtlsEndpointFactory endpoints = DtlsEndpointFactory.create(EndpointTimers.DEFAULT);
  private final ScheduledExecutorService scheduler =
      new ScheduledThreadPoolExecutor(1, new DaemonThreadFactory("wired-node-"));
  private final StateKeeper keeper;
  private Node node;

  WiredNode(DatagramRelay relay, Enrolee enrolee) {
    this.relay = relay;
    InetSocketAddress mef = new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port());
    this.keeper = new StateKeeper(new MemoryVault(), NodeState.factory(enrolee.credential(mef)));
    this.node = made();
  }

  private Node made() {
    return new Node(
        endpoints, keeper, InstantSource.system(), Backoff.DEFAULT, scheduler, NodeListener.NONE);
  }

  /** From its factory to its registration. */
  TrafficMeter.Reading walk() throws InterruptedException {
    return cost(
        () -> {
          node.start();
          return node.registered();
        });
  }

  /** A retrieval over the session that stands, from another port: a NAT forgot the node. */
  TrafficMeter.Reading moveAndAsk() throws InterruptedException {
    relay.rebindAll();
    return cost(() -> node.send(retrieval()).thenApply(WiredNode::requireSuccess));
  }

  /** A start from what its vault holds, to the session that stands again. */
  TrafficMeter.Reading restart() throws InterruptedException {
    node.close();
    node = made();
    return cost(
        () -> {
          node.start();
          return node.registered();
        });
  }

  /** An abbreviated handshake of its association's session, and a retrieval over it. */
  TrafficMeter.Reading resumeAndAsk() throws InterruptedException {
    node.close();
    HeldKey key = keeper.state().key(keeper.state().associationRung()).orElseThrow();
    try (SecureEndpoint endpoint =
        endpoints.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.port()),
            configuration().registrarFqdn(),
            new PskCredential(key.id(), key.key()))) {
      await(endpoint.connect());
      return cost(
          () ->
              endpoint
                  .resume()
                  .thenApply(WiredNode::requireResumed)
                  .thenCompose(session -> endpoint.send(retrieval()))
                  .thenApply(WiredNode::requireSuccess));
    }
  }

  private RequestPrimitive retrieval() {
    return RequestPrimitive.builder(
            Operation.RETRIEVE, OwnCse.remoteAddress(configuration()), RequestIds.random())
        .from(configuration().cseId().spRelative().value())
        .build();
  }

  private ClientConfiguration configuration() {
    return keeper.state().configuration().orElseThrow();
  }

  private static ResponsePrimitive requireSuccess(ResponsePrimitive answer) {
    if (!answer.status().isSuccess()) {
      throw new IllegalStateException("the retrieval was answered " + answer.status());
    }
    return answer;
  }

  private static SecureSession requireResumed(SecureSession session) {
    if (!session.isResumed()) {
      throw new IllegalStateException("the server did not resume the session");
    }
    return session;
  }

  /** What is sent until a stage completes. */
  @FunctionalInterface
  private interface Step {
    CompletionStage<?> take();
  }

  private TrafficMeter.Reading cost(Step step) throws InterruptedException {
    TrafficMeter.Reading before = settled(relay);
    await(step.take());
    return settled(relay).minus(before);
  }

  /** The relay's reading once nothing has passed for a while: goodbyes and late answers too. */
  private static TrafficMeter.Reading settled(DatagramRelay relay) throws InterruptedException {
    TrafficMeter.Reading last = relay.traffic();
    for (int quiet = 0; quiet < 10; ) {
      TimeUnit.MILLISECONDS.sleep(20);
      TrafficMeter.Reading now = relay.traffic();
      quiet = now.equals(last) ? quiet + 1 : 0;
      last = now;
    }
    return last;
  }

  private static void await(CompletionStage<?> stage) throws InterruptedException {
    try {
      var unused = stage.toCompletableFuture().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("a node's step failed", e);
    }
  }

  @Override
  public void close() {
    node.close();
    endpoints.close();
    scheduler.shutdownNow();
  }
}
