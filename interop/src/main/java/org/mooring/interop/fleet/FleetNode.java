// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.fleet;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.StepReport;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.registration.OwnCse;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Trouble;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceType;

/** One node of a fleet: the client's own procedures on a vault, and an account of them. */
final class FleetNode implements NodeListener {
  private static final String CONTAINER = "fleet";

  private final int number;
  private final StateKeeper keeper;
  private final NodeMaker maker;
  private final Stopwatch watch;
  private final Measurements measurements;
  private final AtomicLong published = new AtomicLong();
  private final Map<String, Duration> steps = new LinkedHashMap<>();
  private @Nullable Node node;
  private Duration started = Duration.ZERO;
  private @Nullable Duration registered;
  private int failures;

  /** Makes a node on shared threads and endpoints. */
  @FunctionalInterface
  interface NodeMaker {
    Node make(StateKeeper keeper, NodeListener listener);
  }

  FleetNode(
      int number, StateKeeper keeper, NodeMaker maker, Stopwatch watch, Measurements measurements) {
    this.number = number;
    this.keeper = keeper;
    this.maker = maker;
    this.watch = watch;
    this.measurements = measurements;
  }

  /** Starts the node; the stage completes when it is registered, and fails when it is closed. */
  synchronized CompletionStage<?> start() {
    started = watch.elapsed();
    return begin();
  }

  /** Ends the node and starts it again on its vault; the stage completes as for a start. */
  synchronized CompletionStage<?> restart() {
    close();
    return begin();
  }

  private CompletionStage<?> begin() {
    Node fresh = maker.make(keeper, this);
    node = fresh;
    fresh.start();
    return fresh.registered();
  }

  synchronized void close() {
    if (node != null) {
      node.close();
      node = null;
    }
  }

  @Override
  public synchronized void stepDone(StepReport report) {
    measurements.took(report.step().id(), report.duration());
    if (registered == null) {
      steps.put(report.step().id(), report.duration());
    }
  }

  @Override
  public synchronized void registered(NodeState state) {
    if (registered == null) {
      registered = watch.elapsed();
      measurements.took(FleetResult.WALK, registered.minus(started));
    }
  }

  @Override
  public synchronized void failed(Trouble trouble) {
    failures += registered == null ? 1 : 0;
    String step = trouble.waitingFor().split(" at ", 2)[0];
    measurements.failed(step, trouble.reason());
  }

  synchronized NodeRecord account() {
    return new NodeRecord(
        number, keeper.state().bootstrap().id().toString(), started, registered, failures, steps);
  }

  /** Makes the container that values are published into, unless it stands already. */
  CompletionStage<?> makeContainer() {
    Attributes container = Attributes.builder().put("rn", CONTAINER).build();
    return create(remote(), CseResources.CONTAINER, container)
        .thenApply(
            answer -> {
              if (answer.status() != ResponseStatusCode.CONFLICT) {
                requireSuccess(answer);
              }
              return answer;
            });
  }

  /** Publishes one value under a name of its own, so that it may be repeated. */
  CompletionStage<?> publish() {
    long count = published.incrementAndGet();
    Attributes instance =
        Attributes.builder().put("rn", "v" + count).put("con", Long.toString(count)).build();
    return create(remote() + "/" + CONTAINER, CseResources.CONTENT_INSTANCE, instance)
        .thenApply(FleetNode::requireSuccess);
  }

  private CompletionStage<ResponsePrimitive> create(
      String target, ResourceType type, Attributes attributes) {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.CREATE, target, RequestIds.random())
            .from(configuration().cseId().spRelative().value())
            .resourceType(type.code())
            .content(Representation.of(type.root(), attributes))
            .build();
    Node current;
    synchronized (this) {
      current = node;
    }
    return current == null
        ? CompletableFuture.failedFuture(new IllegalStateException("the node is closed"))
        : current.send(request);
  }

  private static ResponsePrimitive requireSuccess(ResponsePrimitive answer) {
    if (!answer.status().isSuccess()) {
      throw new RefusedAnswerException(answer);
    }
    return answer;
  }

  private String remote() {
    return OwnCse.remoteAddress(configuration());
  }

  private ClientConfiguration configuration() {
    return keeper.state().configuration().orElseThrow();
  }
}
