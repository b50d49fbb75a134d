// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.asn.command.CommandReport;
import org.mooring.asn.vault.BootstrapCredential;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Trouble;
import org.mooring.asn.vault.Vault;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.EnrolmentPath;

/** Nodes that live against a scripted provider, and what they reported. */
abstract class NodeLife {
  static final KeyIdentifier KPM_ID = KeyIdentifier.parse("kpm@mef.sp.example.org");
  private static final SecretKeyBytes KPM = SecretKeyBytes.random();
  static final BootstrapCredential BOOTSTRAP =
      new BootstrapCredential(KPM_ID, KPM, FakeProvider.MEF, "127.0.0.1", 5684);
  private static final NodeState FACTORY = NodeState.factory(BOOTSTRAP);
  private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(8));

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
  private final List<Node> nodes = new ArrayList<>();
  final List<StepReport> steps = new CopyOnWriteArrayList<>();
  final List<Trouble> troubles = new CopyOnWriteArrayList<>();
  final List<CommandReport> commandReports = new CopyOnWriteArrayList<>();
  volatile InstantSource clock = InstantSource.fixed(FakeProvider.NOW);

  @AfterEach
  void stop() {
    nodes.forEach(Node::close);
    scheduler.shutdownNow();
  }

  static FakeProvider provider(EnrolmentPath path) {
    return new FakeProvider(path, KPM_ID, KPM);
  }

  final Node start(FakeProvider provider, Vault vault) {
    return start(provider, vault, FACTORY);
  }

  final Node start(FakeProvider provider, Vault vault, NodeState fresh) {
    StateKeeper keeper = new StateKeeper(vault, vault.read().orElse(fresh));
    NodeListener listener =
        new NodeListener() {
          @Override
          public void stepDone(StepReport report) {
            steps.add(report);
          }

          @Override
          public void commandReported(CommandReport report) {
            commandReports.add(report);
          }

          @Override
          public void failed(Trouble trouble) {
            troubles.add(trouble);
          }
        };
    Node node = new Node(provider, keeper, () -> clock.instant(), SHORT, scheduler, listener);
    nodes.add(node);
    node.start();
    return node;
  }

  static NodeState registered(Node node) throws Exception {
    return node.registered().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  final List<String> stepIds() {
    return steps.stream().map(report -> report.step().id()).toList();
  }

  /** Loses the first message of this kind about a request that matches. */
  static Mischief losing(Loss what, Predicate<RequestPrimitive> which) {
    AtomicBoolean lost = new AtomicBoolean();
    return new Mischief() {
      @Override
      public Loss loss(Fqdn function, RequestPrimitive request) {
        return which.test(request) && lost.compareAndSet(false, true) ? what : Loss.NONE;
      }
    };
  }
}
