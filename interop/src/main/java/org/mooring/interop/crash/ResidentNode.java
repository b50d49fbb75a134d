// SPDX-License-Identifier: EPL-2.0
package org.mooring.interop.crash;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.mooring.asn.Backoff;
import org.mooring.asn.Node;
import org.mooring.asn.NodeListener;
import org.mooring.asn.enrolment.RequestIds;
import org.mooring.asn.registration.OwnCse;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.FileVault;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.common.dtls.SecureEndpointFactory;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.resource.CseResources;

/**
 * A node in the runner's own process, on a vault in files, that publishes, now and then starts
 * again on its vault, and rarely loses it. Many of them make the load while the server is killed.
 */
final class ResidentNode implements LoadNode, AutoCloseable {
  private static final int LEAST_PAUSE_MILLIS = 50;
  private static final int MORE_PAUSE_MILLIS = 200;
  private static final double RECONNECTS = 0.02;
  private static final double FORGETS = 0.003;

  private final Enrolled owner;
  private final Shared shared;
  private final BootstrapCredential bootstrap;
  private final FileVault files;
  private final VaultWatch watch;
  private final Publisher publisher;
  private final Answers answers = new Answers();
  private final Random dice;
  private WatchedVault vault;
  private StateKeeper keeper;
  private @Nullable Node node;
  private boolean waits;
  private boolean calm;
  private boolean closed;

  /**
   * What the nodes of this process share.
   *
   * @param endpoints opens their sessions
   * @param scheduler runs their steps, and waits for the disk
   */
  record Shared(
      SecureEndpointFactory endpoints, ScheduledExecutorService scheduler, Backoff backoff) {}

  ResidentNode(
      Enrolled owner,
      BootstrapCredential bootstrap,
      Path folder,
      Shared shared,
      Ledger ledger,
      KnownKeys keys,
      long seed) {
    this.owner = owner;
    this.bootstrap = bootstrap;
    this.shared = shared;
    this.files = FileVault.in(folder);
    this.watch = new VaultWatch(owner, ledger, keys);
    this.publisher = new Publisher(owner, ledger);
    this.dice = new Random(seed);
    this.vault = new WatchedVault(files, watch);
    this.keeper = new StateKeeper(vault, NodeState.factory(bootstrap));
  }

  synchronized void start() {
    begin();
    later();
  }

  /** From now on it publishes, and neither starts again nor loses its vault. */
  synchronized void calm() {
    calm = true;
  }

  private void begin() {
    vault = new WatchedVault(files, watch);
    keeper = new StateKeeper(vault, vault.read().orElseGet(() -> NodeState.factory(bootstrap)));
    Node fresh =
        new Node(
            shared.endpoints(),
            keeper,
            InstantSource.system(),
            shared.backoff(),
            shared.scheduler(),
            NodeListener.NONE);
    node = fresh;
    waits = false;
    fresh.start();
  }

  private void end() {
    vault.cut();
    if (node != null) {
      node.close();
      node = null;
    }
  }

  private void later() {
    int pause = LEAST_PAUSE_MILLIS + dice.nextInt(MORE_PAUSE_MILLIS);
    try {
      var unused = shared.scheduler().schedule(this::live, pause, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      closed = true;
    }
  }

  private synchronized void live() {
    if (closed) {
      return;
    }
    double fate = calm ? 1 : dice.nextDouble();
    if (fate < FORGETS) {
      end();
      files.erase();
      watch.forget();
      begin();
    } else if (fate < FORGETS + RECONNECTS) {
      end();
      begin();
    } else if (!waits && keeper.state().configuration().isPresent()) {
      publish();
    }
    later();
  }

  private void publish() {
    Node current = node;
    if (current == null) {
      return;
    }
    Publisher.Step step = publisher.next();
    long sent = System.nanoTime();
    waits = true;
    CompletionStage<ResponsePrimitive> answer = current.send(request(step));
    var unused =
        answer.whenCompleteAsync(
            (response, failure) -> answered(current, step, sent, response), shared.scheduler());
  }

  private synchronized void answered(
      Node asked, Publisher.Step step, long sent, @Nullable ResponsePrimitive response) {
    if (asked != node) {
      return;
    }
    waits = false;
    if (response != null
        && publisher.answered(
            step,
            response.status(),
            response.content().map(Representation::attributes).orElse(Attributes.NONE))) {
      answers.answered(sent);
    }
  }

  private RequestPrimitive request(Publisher.Step step) {
    var configuration = keeper.state().configuration().orElseThrow();
    String remote = OwnCse.remoteAddress(configuration);
    String container = remote + "/" + Publisher.CONTAINER;
    RequestPrimitive.Builder request =
        switch (step) {
          case MAKE_CONTAINER ->
              RequestPrimitive.builder(Operation.CREATE, remote, RequestIds.random())
                  .resourceType(CseResources.CONTAINER.code())
                  .content(
                      Representation.of(
                          CseResources.CONTAINER.root(),
                          Attributes.builder().put("rn", Publisher.CONTAINER).build()));
          case LOOK_AT_CONTAINER ->
              RequestPrimitive.builder(Operation.RETRIEVE, container, RequestIds.random());
          case PUBLISH ->
              RequestPrimitive.builder(Operation.CREATE, container, RequestIds.random())
                  .resourceType(CseResources.CONTENT_INSTANCE.code())
                  .content(
                      Representation.of(
                          CseResources.CONTENT_INSTANCE.root(),
                          Attributes.builder()
                              .put("rn", publisher.name())
                              .put("con", publisher.name())
                              .build()));
        };
    return request.from(configuration.cseId().spRelative().value()).build();
  }

  @Override
  public Enrolled owner() {
    return owner;
  }

  @Override
  public synchronized NodeState state() {
    return keeper.state();
  }

  @Override
  public Answers answers() {
    return answers;
  }

  @Override
  public synchronized void close() {
    closed = true;
    end();
  }
}
