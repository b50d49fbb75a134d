// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.asn.command.CommandBench.NOW;
import static org.mooring.asn.command.CommandBench.certificate;
import static org.mooring.asn.command.CommandBench.device;
import static org.mooring.asn.command.CommandBench.onPath;
import static org.mooring.asn.command.CommandBench.profile;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.mooring.asn.enrolment.BadAnswerException;
import org.mooring.asn.enrolment.RefusedAnswerException;
import org.mooring.asn.vault.CommandPhase;
import org.mooring.asn.vault.NodeState;
import org.mooring.common.command.CommandDescription;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.EnrolmentPath;

/** The client's state machine of TS-0003 clauses 8.3.9.2 and 8.3.9.3, wherever it is cut short. */
class ClientCommandsTest {
  private final Workers workers = Workers.that(Outcome.DONE);
  private final CommandBench bench = onPath(EnrolmentPath.MAF).with(workers.settings());

  private void addOneOfEachClass() {
    bench.mef.add(certificate());
    bench.mef.add(device());
    bench.mef.add(profile("registration/authenticationProfile", 32));
  }

  @Test
  void eachReportBringsTheNextCommandUntilThereAreNoMore() {
    addOneOfEachClass();

    NodeState state = bench.run();

    assertThat(bench.mef.log())
        .containsExactly("RETRIEVE", "ISSUED 1", "1 OK", "ISSUED 2", "2 OK", "ISSUED 3", "3 OK");
    assertThat(bench.reports)
        .extracting(CommandReport::commandClass)
        .containsExactly("CERT_PROV", "DEV_CFG", "MO_NODE");
    assertThat(state.commands().phase()).isEqualTo(CommandPhase.IDLE);
    assertThat(state.commands().lastReported()).isEqualTo("3");
  }

  @Test
  void noMoreCommandsSetsTheTimerToTheMefsTimeOrTheNodesOwnBefore() {
    NodeState state = bench.run();
    assertThat(Duration.between(NOW, state.commands().retrieveAt()))
        .isBetween(ScriptedMef.RETRY, ScriptedMef.RETRY.multipliedBy(6).dividedBy(5));
  }

  @Test
  void aPowerCutAtAnyWriteLosesNoReportAndConfiguresNothingTwice() {
    int writes = 0;
    boolean cut = true;
    for (int write = 1; cut; write++) {
      Workers counted = Workers.that(Outcome.DONE);
      CommandBench dying = onPath(EnrolmentPath.MAF).with(counted.settings());
      dying.mef.add(certificate());
      dying.mef.add(device());
      dying.mef.add(profile("registration/authenticationProfile", 32));
      dying.cutPowerAtWrite(write);
      cut = isCut(dying);
      writes += cut ? 1 : 0;
      dying.cutPowerAtWrite(Integer.MAX_VALUE);

      dying.run();

      assertThat(dying.mef.hasMore()).as("cut at write %d", write).isFalse();
      assertThat(counted.configurations).as("cut at write %d", write).hasValue(1);
      assertThat(dying.mef.outcomes().get(0)).isEqualTo(CommandStatus.OK);
      assertThat(dying.mef.outcomes().get(1))
          .isIn(CommandStatus.OK, CommandStatus.DEV_CFG_CLIENT_ERROR);
      assertThat(dying.mef.outcomes().get(2)).isEqualTo(CommandStatus.OK);
    }
    assertThat(writes).as("writes of three commands").isEqualTo(10);
  }

  private static boolean isCut(CommandBench dying) {
    try {
      dying.run();
      return false;
    } catch (CommandBench.PowerCut e) {
      return true;
    }
  }

  @Test
  void aCommandThatWasRetrievedAndNotBegunIsReissuedAndCarriedOut() {
    bench.mef.add(device());
    bench.cutPowerAtWrite(1);
    assertThat(isCut(bench)).isTrue();
    assertThat(workers.configurations).hasValue(0);
    bench.cutPowerAtWrite(Integer.MAX_VALUE);

    bench.run();

    assertThat(bench.mef.log())
        .containsExactly("RETRIEVE", "ISSUED 1", "RETRIEVE", "REISSUED 1", "1 OK");
    assertThat(workers.configurations).hasValue(1);
  }

  @Test
  void aConfigurationThatWasCutShortIsReportedAndNotRepeated() {
    bench.mef.add(device());
    bench.cutPowerAtWrite(2);
    assertThat(isCut(bench)).isTrue();
    assertThat(bench.stored().commands().phase()).isInstanceOf(CommandPhase.Executing.class);
    bench.cutPowerAtWrite(Integer.MAX_VALUE);

    bench.run();

    assertThat(bench.mef.log()).containsExactly("RETRIEVE", "ISSUED 1", "1 DEV_CFG_CLIENT_ERROR");
    assertThat(workers.configurations).hasValue(1);
  }

  @Test
  void aCertificateAndARenewalThatWereCutShortAreTakenUpAgain() {
    bench.mef.add(certificate());
    bench.cutPowerAtWrite(2);
    assertThat(isCut(bench)).isTrue();
    bench.cutPowerAtWrite(Integer.MAX_VALUE);
    bench.run();
    assertThat(workers.certificates).hasValue(2);
    assertThat(bench.mef.outcomes()).containsExactly(CommandStatus.OK);
  }

  @Test
  void aReportWhoseAnswerWasLostIsSentAgainBeforeAnythingElse() {
    addOneOfEachClass();
    bench.mef.losesAnswers(request -> request.operation() == Operation.UPDATE);
    assertThatThrownBy(bench::run).isInstanceOf(NoAnswerException.class);
    assertThat(bench.stored().commands().phase())
        .isEqualTo(new CommandPhase.Reporting("1", 1, CommandStatus.OK));
    bench.mef.losesAnswers(request -> false);

    bench.run();

    assertThat(bench.mef.log())
        .containsExactly(
            "RETRIEVE",
            "ISSUED 1",
            "1 OK",
            "ISSUED 2",
            "1 OK",
            "REISSUED 2",
            "2 OK",
            "ISSUED 3",
            "3 OK");
    assertThat(workers.certificates).hasValue(1);
    assertThat(workers.configurations).hasValue(1);
  }

  @Test
  void aNodeThatIsStoppedMeanwhileReportsNothingAndTakesItUpAgain() {
    bench.mef.add(profile("registration/authenticationProfile", 32));
    bench.renewalsFailWith(new CancellationException("stopped"));
    assertThatThrownBy(bench::run).isInstanceOf(CancellationException.class);
    assertThat(bench.stored().commands().phase()).isInstanceOf(CommandPhase.Executing.class);
    bench.renewalsWork();

    bench.run();

    assertThat(bench.mef.log()).containsExactly("RETRIEVE", "ISSUED 1", "1 OK");
  }

  @Test
  void aMefWithoutEndIsLeftAfterAWhile() {
    for (int i = 0; i < 30; i++) {
      bench.mef.add(certificate());
    }
    NodeState state = bench.run();
    assertThat(bench.mef.outcomes()).hasSize(20);
    assertThat(state.commands().isDueAt(NOW)).as("due again").isTrue();
    bench.run();
    assertThat(bench.mef.hasMore()).isFalse();
    assertThat(workers.certificates).hasValue(30);
  }

  @Test
  void anAnswerThatCanNotBeParsedChangesNothing() {
    NodeState before = bench.stored();
    StateOf answers = new StateOf(bench);
    for (Attributes command :
        new Attributes[] {
          Attributes.NONE,
          Attributes.builder().put("cid", "1").put("csc", 10).build(),
          Attributes.builder()
              .put("cid", "1")
              .put("csc", 20)
              .put("cdes", new CommandDescription(1, Attributes.NONE, "").toAttributes())
              .build()
        }) {
      assertThatThrownBy(() -> answers.to(Representation.of("sec:mefcc", command)))
          .isInstanceOf(BadAnswerException.class);
    }
    assertThatThrownBy(() -> answers.to(Representation.of("sec:mefcr", Attributes.NONE)))
        .isInstanceOf(BadAnswerException.class);
    assertThat(bench.stored()).isSameAs(before);
  }

  @Test
  void aRefusalChangesNothing() {
    NodeState before = bench.stored();
    assertThatThrownBy(
            () ->
                bench.run(
                    request ->
                        ResponsePrimitive.refused(
                            Refusal.NO_SUCH_RESOURCE.of("To"), request.requestId())))
        .isInstanceOf(RefusedAnswerException.class);
    assertThat(bench.stored()).isSameAs(before);
  }

  /** Runs a bench against one fixed answer. */
  private record StateOf(CommandBench bench) {
    void to(Representation content) {
      bench.run(
          request -> ResponsePrimitive.of(ResponseStatusCode.OK, request.requestId(), content));
    }
  }
}
