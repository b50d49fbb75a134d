// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.in.trust.TrustScenario.ENROLMENT;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.credential.Credential.Status;
import org.mooring.in.trust.TestAnswer;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** When a node may enrol anew while an enrolment lives (design section 5). */
class ReEnrolmentTest {
  @TempDir Path folder;

  private void under(ReEnrolment policy, Consumer<Node> story) {
    try (TrustScenario scenario = TrustScenario.givenProvider(folder, policy)) {
      story.accept(new Node(scenario, scenario.withEnrolee().id()));
    }
  }

  /** A node that enrols, each time after a new handshake. */
  private record Node(TrustScenario scenario, KeyIdentifier kpmId) {
    TestAnswer enrols() {
      TestSession mef = scenario.session(kpmId);
      mef.registers();
      return mef.registersKey(21);
    }

    KeyIdentifier enrolled() {
      return KeyIdentifier.parse(enrols().succeedsWith(2001).id() + "@mef.sp.example.org");
    }

    /** From the KeId to an association that is in use; its Kc. */
    KeyIdentifier associates(KeyIdentifier ke) {
      TestSession first = scenario.session(ke);
      KeyIdentifier kmId = KeyIdentifier.parse(first.registers().text("aski"));
      scenario.accepts(ke);
      TestSession maf = scenario.session(kmId);
      maf.registers();
      scenario.accepts(kmId);
      KeyIdentifier kc = maf.identity(maf.registersKey(32));
      scenario.accepts(kc);
      return kc;
    }
  }

  @Test
  void alwaysTakesANewKeyAndRecordsIt() {
    under(
        ReEnrolment.ALWAYS,
        node -> {
          KeyIdentifier first = node.enrolled();
          KeyIdentifier kc = node.associates(first);
          node.scenario().keepsSessionAlive(kc);
          long before = node.scenario().auditEntries();
          KeyIdentifier second = node.enrolled();
          // RE_ENROLLED beside the client's and the key's registration.
          assertThat(node.scenario().auditEntries()).isEqualTo(before + 3);
          assertThat(node.scenario().statusOf(second)).isEqualTo(Status.PENDING);
          assertThat(node.scenario().statusOf(kc)).isEqualTo(Status.CURRENT);
        });
  }

  @Test
  void lostRefusesWhileTheAssociationIsAlive() {
    under(
        ReEnrolment.LOST,
        node -> {
          KeyIdentifier kc = node.associates(node.enrolled());
          assertThat(node.enrols().refusal()).isEmpty();
          node.scenario().keepsSessionAlive(kc);
          node.enrols().isRefusedWith(Refusal.ALREADY_REGISTERED, 4117, 403);
        });
  }

  @Test
  void windowTakesANewKeyBeforeTheFirstUseAndInTheLastThird() {
    under(
        ReEnrolment.WINDOW,
        node -> {
          node.enrolled();
          KeyIdentifier used = node.enrolled();
          node.scenario().accepts(used);
          node.enrols().isRefusedWith(Refusal.ALREADY_REGISTERED, 4117, 403);
          node.scenario().pass(ENROLMENT.multipliedBy(2).dividedBy(3).minusSeconds(1));
          node.enrols().isRefusedWith(Refusal.ALREADY_REGISTERED, 4117, 403);
          node.scenario().pass(Duration.ofSeconds(1));
          node.enrolled();
        });
  }

  @Test
  void windowCountsAnEnrolmentWhoseKmIdIsInUse() {
    under(
        ReEnrolment.WINDOW,
        node -> {
          KeyIdentifier ke = node.enrolled();
          node.associates(ke);
          assertThat(node.scenario().statusOf(ke)).isEqualTo(Status.SUPERSEDED);
          node.enrols().isRefusedWith(Refusal.ALREADY_REGISTERED, 4117, 403);
        });
  }

  @Test
  void whatHasEndedIsNoEnrolment() {
    under(
        ReEnrolment.WINDOW,
        node -> {
          node.scenario().accepts(node.enrolled());
          node.scenario().pass(ENROLMENT);
          node.enrolled();
        });
  }
}
