// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.command.ClientCommand;
import org.mooring.common.command.CommandArguments;
import org.mooring.common.command.CommandClass;
import org.mooring.common.command.CommandStatus;
import org.mooring.common.command.ManagementProtocol;
import org.mooring.common.command.ObjectType;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.command.QueuedCommand.State;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.trust.TestAnswer;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** The MEF's side of TS-0003 clause 8.3.9. */
class ClientCommandsTest {
  private static final CommandArguments OBJECT =
      new CommandArguments.MoNode(
          "MAFClientRegCfg", ObjectType.MAF_CLIENT_REG_CFG, Attributes.NONE);

  @TempDir Path folder;
  private TrustScenario scenario;
  private CommandQueue queue;
  private Enrolee node;
  private TestSession session;
  private String registration;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
    queue = new CommandQueue(scenario.provider());
    node = scenario.withEnrolee();
    session = scenario.session(node.id());
    registration = session.registers().id();
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private static CommandArguments device(String uri) {
    return new CommandArguments.DevCfg(ManagementProtocol.LWM2M, URI.create(uri));
  }

  private EntityId client(Enrolee of) {
    return of.entity().absolute(scenario.provider().sp());
  }

  private String add(CommandArguments arguments) {
    return add(arguments, M2mTimestamp.NEVER);
  }

  private String add(CommandArguments arguments, Instant expires) {
    return scenario.does(tx -> queue.add(tx, client(node), arguments, expires, "admin")).id();
  }

  private List<QueuedCommand> queued(Enrolee of) {
    return scenario.does(tx -> queue.list(tx, client(of)));
  }

  private Optional<QueuedCommand> cancelled(Enrolee of, String id) {
    return scenario.does(tx -> queue.cancel(tx, client(of), id, "admin"));
  }

  private QueuedCommand stored(String id) {
    return queued(node).stream()
        .filter(command -> command.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private State stateOf(String id) {
    return stored(id).stateAt(scenario.now());
  }

  private RequestPrimitive.Builder request(Operation operation) {
    return session.request(operation, "mef/" + registration + "/cmd");
  }

  private ClientCommand retrieves() {
    return command(session.sends(request(Operation.RETRIEVE)).succeedsWith(2000));
  }

  private ClientCommand reports(String id, CommandStatus status) {
    return command(reports(id, status.code()).succeedsWith(2004));
  }

  private TestAnswer reports(String id, int status) {
    return session.sends(
        request(Operation.UPDATE)
            .content(
                Representation.of(
                    "sec:mefcc", Attributes.builder().put("cid", id).put("csc", status).build())));
  }

  private static ClientCommand command(TestAnswer answer) {
    assertThat(answer.response().content().orElseThrow().root()).isEqualTo("sec:mefcc");
    return ClientCommand.from(answer.attributes()).orElseThrow();
  }

  private static CommandClass classOf(ClientCommand command) {
    return command.description().commandClass().orElseThrow();
  }

  @Test
  void withoutCommandsTheMefSaysWhenToComeAgain() {
    ClientCommand none = retrieves();
    assertThat(classOf(none)).isEqualTo(CommandClass.NO_MORE_COMMANDS);
    assertThat(none.status()).isEqualTo(CommandStatus.ISSUED);
    assertThat(
            CommandArguments.parse(CommandClass.NO_MORE_COMMANDS, none.description().arguments()))
        .contains(new CommandArguments.NoMore(Duration.ofDays(1)));
    assertThat(retrieves().id()).as("cmdID").isNotEqualTo(none.id());
  }

  @Test
  void aWaitingCommandIsReferredToInEveryAnswerAboutTheRegistration() {
    assertThat(session.registers().attributes().has("ch")).isFalse();
    add(OBJECT);
    Attributes update = Attributes.builder().put("lbl", List.of("a")).build();
    for (TestAnswer answer :
        List.of(
            session.registers(),
            session.retrieves(registration),
            session.updates(registration, update))) {
      AttributeValue.Items references =
          (AttributeValue.Items) answer.attributes().get("ch").orElseThrow();
      assertThat(references.values())
          .containsExactly(
              new AttributeValue.Members(
                  Attributes.builder()
                      .put("nm", "cmd")
                      .put("typ", 5)
                      .put("val", "//mef.sp.example.org/-/" + registration + "/cmd")
                      .build()));
    }
    reports(retrieves().id(), CommandStatus.OK);
    assertThat(session.retrieves(registration).attributes().has("ch")).isFalse();
  }

  @Test
  void commandsAreIssuedOneByOneInTheOrderOfTheQueue() {
    String first = add(OBJECT);
    String second = add(device("coaps://mef.sp.example.org/dm"));
    assertThat(stateOf(first)).isEqualTo(State.QUEUED);

    ClientCommand issued = retrieves();

    assertThat(issued.id()).isEqualTo(first);
    assertThat(issued.status()).isEqualTo(CommandStatus.ISSUED);
    assertThat(issued.description().target()).isEqualTo("//sp.example.org" + node.entity());
    assertThat(stateOf(first)).isEqualTo(State.ISSUED);
    assertThat(stateOf(second)).isEqualTo(State.QUEUED);

    ClientCommand next = reports(first, CommandStatus.OK);

    assertThat(next.id()).isEqualTo(second);
    assertThat(classOf(next)).isEqualTo(CommandClass.DEV_CFG);
    assertThat(next.status()).isEqualTo(CommandStatus.ISSUED);
    assertThat(stateOf(first)).isEqualTo(State.REPORTED);

    assertThat(classOf(reports(second, CommandStatus.CLASS_NOT_SUPPORTED)))
        .isEqualTo(CommandClass.NO_MORE_COMMANDS);
    assertThat(stored(second).status()).isEqualTo(CommandStatus.CLASS_NOT_SUPPORTED);
  }

  @Test
  void aCommandWithoutAReportIsReissued() {
    String id = add(OBJECT);
    retrieves();
    for (int times = 2; times <= 3; times++) {
      ClientCommand again = retrieves();
      assertThat(again.id()).isEqualTo(id);
      assertThat(again.status()).isEqualTo(CommandStatus.REISSUED);
      assertThat(stored(id).deliveries()).isEqualTo(times);
    }
    reports(id, CommandStatus.OK);
    assertThat(stored(id).status()).isEqualTo(CommandStatus.OK);
  }

  @ParameterizedTest
  @EnumSource(
      value = CommandStatus.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ISSUED", "REISSUED"})
  void everyStatusThatAClientReportsIsRecorded(CommandStatus status) {
    String id = add(OBJECT);
    retrieves();
    reports(id, status);
    assertThat(stored(id).status()).isEqualTo(status);
    assertThat(stateOf(id)).isEqualTo(State.REPORTED);
    AuditRecord last = scenario.does(tx -> tx.auditLog().latest(1)).get(0);
    assertThat(last.action()).isEqualTo("COMMAND_REPORTED");
    assertThat(last.subject()).isEqualTo(id);
    assertThat(last.detail().text("status")).contains(status.name());
  }

  @Test
  void aReportOnAnythingButTheCommandIssuedLastIsDiscarded() {
    String first = add(OBJECT);
    String second = add(OBJECT);
    ClientCommand issued = reports("unknown", CommandStatus.OK);
    assertThat(issued.id()).isEqualTo(first);
    assertThat(issued.status()).isEqualTo(CommandStatus.ISSUED);
    assertThat(reports(second, CommandStatus.OK).status()).isEqualTo(CommandStatus.REISSUED);
    assertThat(stateOf(second)).isEqualTo(State.QUEUED);
  }

  @Test
  void aReportThatIsRepeatedBecauseItsAnswerWasLostGetsTheNextCommandAgain() {
    String first = add(OBJECT);
    String second = add(OBJECT);
    retrieves();
    reports(first, CommandStatus.OK);

    ClientCommand again = reports(first, CommandStatus.MO_NODE_NOT_FOUND);

    assertThat(again.id()).isEqualTo(second);
    assertThat(again.status()).isEqualTo(CommandStatus.REISSUED);
    assertThat(stored(first).status()).as("the first report").isEqualTo(CommandStatus.OK);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 0, 44, 306})
  void aStatusThatNoClientReportsIsRefused(int status) {
    String id = add(OBJECT);
    retrieves();
    reports(id, status).isRefusedWith(Refusal.INVALID_ATTRIBUTE, 4000, 400);
    assertThat(stateOf(id)).isEqualTo(State.ISSUED);
  }

  @Test
  void anUpdateHasIdAndStatusAndNothingElse() {
    for (Attributes given :
        List.of(
            Attributes.builder().put("cid", "1").build(),
            Attributes.builder().put("csc", 20).build())) {
      session
          .sends(request(Operation.UPDATE).content(Representation.of("sec:mefcc", given)))
          .isRefusedWith(Refusal.MISSING_ATTRIBUTE, 4000, 400);
    }
    Attributes more =
        Attributes.builder().put("cid", "1").put("csc", 20).put("cdes", Attributes.NONE).build();
    session
        .sends(request(Operation.UPDATE).content(Representation.of("sec:mefcc", more)))
        .isRefusedWith(Refusal.NOT_PERMITTED_ATTRIBUTE, 4000, 400);
  }

  @Test
  void clientsNeitherCreateNorDeleteCommands() {
    session
        .sends(request(Operation.DELETE))
        .isRefusedWith(Refusal.OPERATION_NOT_OFFERED, 4005, 405);
    session
        .sends(
            session
                .request(Operation.CREATE, "mef/" + registration)
                .resourceType(5)
                .content(Representation.of("sec:mefcc", Attributes.NONE)))
        .isRefusedWith(Refusal.NOT_A_CHILD_TYPE, 4108, 403);
  }

  @Test
  void theCommandsOfAnotherClientAreOutOfReach() {
    add(OBJECT);
    TestSession other = scenario.session(scenario.withEnrolee().id());
    other
        .sends(other.request(Operation.RETRIEVE, "mef/" + registration + "/cmd"))
        .isRefusedWith(Refusal.FOREIGN_REGISTRATION, 4103, 403);
    session
        .sends(session.request(Operation.RETRIEVE, "mef/unknown/cmd"))
        .isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
    session
        .sends(session.request(Operation.RETRIEVE, "mef/" + registration + "/other"))
        .isRefusedWith(Refusal.NO_SUCH_RESOURCE, 4004, 404);
  }

  @Test
  void aCancelledCommandIsNotIssuedAgainAndItsReportStillCounts() {
    String known = add(OBJECT);
    String unknown = add(OBJECT);
    retrieves();
    cancelled(node, known);
    cancelled(node, unknown);
    assertThat(stateOf(known)).isEqualTo(State.CANCELLED);
    assertThat(classOf(retrieves())).isEqualTo(CommandClass.NO_MORE_COMMANDS);

    reports(known, CommandStatus.OK);

    assertThat(stateOf(known)).isEqualTo(State.REPORTED);
    assertThat(stateOf(unknown)).isEqualTo(State.CANCELLED);
    assertThatThrownBy(() -> cancelled(node, unknown))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageStartingWith("command: ");
  }

  @Test
  void anExpiredCommandIsNotIssued() {
    String id = add(OBJECT, scenario.now().plusSeconds(60));
    String issued = add(OBJECT, scenario.now().plusSeconds(90));
    scenario.pass(Duration.ofSeconds(60));
    assertThat(stateOf(id)).isEqualTo(State.EXPIRED);
    assertThat(retrieves().id()).isEqualTo(issued);
    scenario.pass(Duration.ofSeconds(30));
    assertThat(stateOf(issued)).isEqualTo(State.EXPIRED);
    assertThat(classOf(retrieves())).isEqualTo(CommandClass.NO_MORE_COMMANDS);
    reports(issued, CommandStatus.OK);
    assertThat(stateOf(issued)).isEqualTo(State.REPORTED);
  }

  @Test
  void theQueueEndsWithItsRegistration() {
    String id = add(OBJECT);
    session.deletes(registration).succeedsWith(2002);
    registration = session.registers().id();
    assertThat(classOf(retrieves())).isEqualTo(CommandClass.NO_MORE_COMMANDS);
    assertThat(queued(node)).extracting(QueuedCommand::id).doesNotContain(id);
  }

  @Test
  void theQueueStaysWhenALiveRegistrationIsRepeated() {
    String id = add(OBJECT);
    assertThat(session.registers().id()).isEqualTo(registration);
    assertThat(retrieves().id()).isEqualTo(id);
  }

  @Test
  void aNodeThatIsNotRegisteredTakesNoCommands() {
    Enrolee stranger = scenario.withEnrolee();
    assertThatThrownBy(
            () ->
                scenario.does(
                    tx -> queue.add(tx, client(stranger), OBJECT, M2mTimestamp.NEVER, "admin")))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("registered at the MEF");
    assertThat(queued(stranger)).isEmpty();
    assertThat(cancelled(stranger, "x")).isEmpty();
  }

  @Test
  void whatCanNotBeCarriedOutIsNotQueued() {
    assertThatThrownBy(() -> add(device("coaps://other.example.org/dm")))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessage("uri: name the MEF as its host, mef.sp.example.org");
    assertThatThrownBy(() -> add(OBJECT, scenario.now()))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageStartingWith("expires: ");
  }

  @Test
  void aQueueIsBoundedAndForgetsWhatEndedFirst() {
    String first = add(OBJECT);
    reports(retrieves().id(), CommandStatus.OK);
    for (int i = 1; i < CommandQueue.MOST_KEPT; i++) {
      add(OBJECT);
      reports(retrieves().id(), CommandStatus.OK);
    }
    assertThat(stored(first).status()).isEqualTo(CommandStatus.OK);
    for (int i = 0; i < CommandQueue.MOST_OPEN; i++) {
      add(OBJECT);
    }
    assertThat(queued(node))
        .hasSize(CommandQueue.MOST_KEPT)
        .extracting(QueuedCommand::id)
        .doesNotContain(first);
    assertThatThrownBy(() -> add(OBJECT))
        .isInstanceOf(CommandRefusedException.class)
        .hasMessageContaining("16 wait");
  }
}
