// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.asn.FakeProvider.Loss;
import org.mooring.asn.FakeProvider.Mischief;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RequestPrimitive;

/** Instances that the node gives up. */
class RemovedApplicationsTest extends ApplicationLife {
  @Test
  void aRemovedInstanceIsGivenUpAtTheMafAndForgotten() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    KeyIdentifier ka = installed(node, meter, C1).key().orElseThrow().id();

    node.applications().remove(C1);

    await().until(() -> node.applications().all().isEmpty());
    assertThat(provider.requestsSoFar())
        .filteredOn(request -> request.operation() == Operation.DELETE)
        .extracting(RequestPrimitive::to)
        .containsExactly("//maf.sp.example.org/-/" + ka.relative());
  }

  /** Its key is made, and nobody knows which. */
  @Test
  void anInstanceWhoseAnswerWasLostIsGivenUpToo() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    provider.mischief = losing(Loss.ANSWER, ApplicationLife::isAssociation);
    var installed = node.applications().install(meter, C1);
    await().until(() -> associations() > 0);

    node.applications().remove(C1);

    await().until(() -> node.applications().all().isEmpty());
    assertThat(deletions()).hasSize(1);
    assertThat(installed.toCompletableFuture()).isDone();
  }

  @Test
  void anInstanceThatTheMafDoesNotGiveUpIsTriedAgain() throws Exception {
    Node node = start(provider, new MemoryVault());
    registered(node);
    assertThat(installed(node, meter, C1).key()).isPresent();
    provider.mischief = refusing(Operation.DELETE);

    node.applications().remove(C1);

    await().until(() -> instance(node, C1).setback().isPresent());
    assertThat(instance(node, C1).isLeaving()).isTrue();
  }

  private static Mischief refusing(Operation operation) {
    return new Mischief() {
      @Override
      public Optional<Refusal> refusal(KeyIdentifier identity, RequestPrimitive request) {
        return request.operation() == operation
            ? Optional.of(Refusal.INTERNAL_ERROR)
            : Optional.empty();
      }
    };
  }

  private List<RequestPrimitive> deletions() {
    return provider.requestsSoFar().stream()
        .filter(request -> request.operation() == Operation.DELETE)
        .toList();
  }
}
