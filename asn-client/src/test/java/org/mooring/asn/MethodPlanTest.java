// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.usim.BootstrappingFailedException;
import org.mooring.asn.usim.UsimUnavailableException;
import org.mooring.asn.vault.FactoryCredential;
import org.mooring.asn.vault.FactoryCredentials;
import org.mooring.asn.vault.FactoryCredentials.Member;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.SampleState;
import org.mooring.common.dtls.HandshakeFailedException;
import org.mooring.common.dtls.HandshakeFailedException.Stage;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ResponsePrimitive;

/** What a failure says about one of several factory credentials. */
class MethodPlanTest {
  private static final FactoryCredential CERTIFICATE = SampleState.certificate();
  private static final FactoryCredential KPM = SampleState.full().factory();
  private static final NodeState TWO =
      SampleState.full().toBuilder()
          .factory(FactoryCredentials.of(List.of(CERTIFICATE, KPM)))
          .build();
  private static final NodeState ONE = SampleState.full();

  private static final LifePlan.Move ENROL =
      new LifePlan.Move(LifeStep.ENROL, Rung.BOOTSTRAP, false);
  private static final LifePlan.Move CONFIGURE =
      new LifePlan.Move(LifeStep.CONFIGURE, Rung.ENROLMENT, false);
  private static final RefusedAnswerException BARRED =
      new RefusedAnswerException(
          ResponsePrimitive.refused(Refusal.METHOD_NOT_ACCEPTED.of("From"), "r"));

  private static HandshakeFailedException handshake(Stage stage) {
    return new HandshakeFailedException(stage, "handshake with the MEF");
  }

  private static NodeState after(NodeState state, LifePlan.Move move, Throwable cause, int times) {
    NodeState result = state;
    for (int time = 0; time < times; time++) {
      result = Setbacks.after(result, move, cause, time > 0);
    }
    return result;
  }

  private static Verdict first(NodeState state) {
    return state.factories().members().get(0).verdict();
  }

  @Test
  void threeAlertsGoOnToTheNext() {
    assertThat(after(TWO, ENROL, handshake(Stage.REFUSED), 2).factory()).isEqualTo(CERTIFICATE);

    NodeState next = after(TWO, ENROL, handshake(Stage.REFUSED), 3);

    assertThat(next.factory()).isEqualTo(KPM);
    assertThat(next.factories().members().get(0))
        .isEqualTo(new Member(CERTIFICATE, Verdict.REFUSED, "handshake with the MEF"));
    assertThat(next.failures(Rung.BOOTSTRAP)).isZero();
  }

  @Test
  void whatTheNodeHasStaysWhenItGoesOn() {
    NodeState next = after(TWO, ENROL, handshake(Stage.REFUSED), 3);

    assertThat(next).usingRecursiveComparison().ignoringFields("factories").isEqualTo(TWO);
  }

  @Test
  void silenceNeverDoes() {
    for (Throwable silence :
        List.of(handshake(Stage.NO_ANSWER), new NoAnswerException("mefClientReg"))) {
      assertThat(after(TWO, ENROL, silence, 100)).usingRecursiveComparison().isEqualTo(TWO);
    }
  }

  @Test
  void aMethodThatTheMefBarsInTwoSessionsIsPassedOver() {
    assertThat(after(TWO, ENROL, BARRED, 1)).usingRecursiveComparison().isEqualTo(TWO);

    NodeState next = after(TWO, ENROL, BARRED, 2);

    assertThat(next.factory()).isEqualTo(KPM);
    assertThat(first(next)).isEqualTo(Verdict.BARRED);
    assertThat(next.factories().members().get(0).reason())
        .startsWith("4107")
        .contains("enrol with another credential");
  }

  @Test
  void afterTheLastOneEveryRungGetsAnotherChance() {
    NodeState second = after(TWO, ENROL, handshake(Stage.REFUSED), 3);
    assertThat(second.failures(Rung.MAF)).isEqualTo(2);

    NodeState around = after(second, ENROL, handshake(Stage.REFUSED), 3);

    assertThat(around.factory()).isEqualTo(CERTIFICATE);
    assertThat(around.failures(Rung.MAF)).isZero();
    assertThat(around.factories().members())
        .extracting(Member::verdict)
        .containsOnly(Verdict.REFUSED);
  }

  @Test
  void aSingleOneIsTriedForEver() {
    NodeState around = after(ONE, ENROL, handshake(Stage.REFUSED), 3);

    assertThat(around.factory()).isEqualTo(KPM);
    assertThat(around.failures(Rung.MAF)).isZero();
    assertThat(Setbacks.judge(ONE, ENROL, BARRED, true).reason()).isEqualTo(BARRED.getMessage());
  }

  @Test
  void otherVisitsToTheMefPutNoCredentialAtStake() {
    for (LifeStep step : List.of(LifeStep.COMMANDS, LifeStep.RENEW_CERTIFICATE)) {
      LifePlan.Move visit = new LifePlan.Move(step, Rung.BOOTSTRAP, false);

      assertThat(after(TWO, visit, handshake(Stage.REFUSED), 9).factories())
          .isEqualTo(TWO.factories());
    }
  }

  /** A certificate is refused with an alert: who holds the last flight back says nothing of it. */
  @Test
  void silenceAtTheLastFlightRefusesAKeyInCommonAlone() {
    NodeState keyFirst = NodeState.factory(FactoryCredentials.of(List.of(KPM, CERTIFICATE)));

    assertThat(after(TWO, ENROL, handshake(Stage.LAST_FLIGHT), 9).factory()).isEqualTo(CERTIFICATE);
    assertThat(after(keyFirst, ENROL, handshake(Stage.LAST_FLIGHT), 3).factory())
        .isEqualTo(CERTIFICATE);
  }

  @Test
  void aCardThatIsNotThereIsPassedOverAndNotSaidToBeRefused() {
    FactoryCredential usim = SampleState.usim("coap://127.0.0.1:8090");
    NodeState state = NodeState.factory(FactoryCredentials.of(List.of(usim, KPM)));
    UsimUnavailableException noCard = new UsimUnavailableException("usim: no card");
    NodeState atStake = after(state, ENROL, noCard, 2);

    NodeState next = after(state, ENROL, noCard, 3);

    assertThat(next.factory()).isEqualTo(KPM);
    assertThat(first(next)).isEqualTo(Verdict.ABSENT);
    assertThat(next.factories().begun()).isEqualTo(next.factories());
    assertThat(Setbacks.judge(atStake, ENROL, noCard, false).reason())
        .isEqualTo("usim: no card; trying psk");
  }

  @Test
  void aBsfThatRefusesCountsAndOneThatIsInTroubleDoesNot() {
    FactoryCredential usim = SampleState.usim("coap://127.0.0.1:8090");
    NodeState state = NodeState.factory(FactoryCredentials.of(List.of(usim, KPM)));

    assertThat(after(state, ENROL, new BootstrappingFailedException("503", false), 9).factory())
        .isEqualTo(usim);
    assertThat(after(state, ENROL, new BootstrappingFailedException("403", true), 3).factory())
        .isEqualTo(KPM);
  }

  @Test
  void aSessionKeyThatTheMefDoesNotTakeGoesWithItsUsim() {
    FactoryCredential usim = SampleState.usim("coap://127.0.0.1:8090");
    NodeState state =
        TWO.toBuilder()
            .factory(FactoryCredentials.of(List.of(usim, KPM)))
            .key(
                Rung.ENROLMENT,
                new HeldKey(
                    new TransactionId(Rand.random(), FakeProvider.MEF).identifier(),
                    SecretKeyBytes.random(),
                    usim.id(),
                    TWO.key(Rung.ENROLMENT).orElseThrow().lease()))
            .withoutRegistration(Function.MEF)
            .build();

    for (NodeState next :
        List.of(
            after(state, CONFIGURE, BARRED, 2),
            after(state, CONFIGURE, handshake(Stage.LAST_FLIGHT), 3))) {
      assertThat(next.factory()).isEqualTo(KPM);
      assertThat(next.key(Rung.ENROLMENT)).isEmpty();
      assertThat(next.failures(Rung.ENROLMENT)).isZero();
      assertThat(next.key(Rung.ASSOCIATION)).isPresent();
      assertThat(LifePlan.next(next, FakeProvider.NOW, next.key(Rung.ASSOCIATION).map(HeldKey::id)))
          .contains(ENROL);
    }
  }

  @Test
  void peopleAreToldWhyAndWhatComesNext() {
    NodeState atStake = after(TWO, ENROL, handshake(Stage.REFUSED), 2);

    assertThat(Setbacks.judge(TWO, ENROL, handshake(Stage.REFUSED), false).reason())
        .isEqualTo("handshake with the MEF");
    assertThat(Setbacks.judge(atStake, ENROL, handshake(Stage.REFUSED), false).reason())
        .isEqualTo("the MEF does not take the certificate: handshake with the MEF; trying psk");
  }

  @Test
  void theNextOneIsTriedAtOnceUnlessItWasRefusedToo() {
    NodeState atStake = after(TWO, ENROL, handshake(Stage.REFUSED), 2);
    NodeState next = after(atStake, ENROL, handshake(Stage.REFUSED), 3);

    assertThat(Setbacks.judge(TWO, ENROL, handshake(Stage.REFUSED), false).leavesAnotherMove())
        .isFalse();
    assertThat(Setbacks.judge(atStake, ENROL, handshake(Stage.REFUSED), false).leavesAnotherMove())
        .isTrue();
    assertThat(Setbacks.judge(next, ENROL, handshake(Stage.REFUSED), false).leavesAnotherMove())
        .isFalse();
  }
}
