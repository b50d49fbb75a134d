// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Vault;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.common.subscription.ImpliedNames;

/**
 * AEs on Mca whose stems the provider assigns, with a registrar that answers what it is told to.
 */
class AnnouncementsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static final String CSE = "/asn-0123456789ab";

  private final List<RequestPrimitive> sent = new ArrayList<>();
  private final Deque<ResponseStatusCode> answers = new ArrayDeque<>();
  private final Set<Integer> lost = new HashSet<>();
  private String stem = "S17";
  private StateKeeper keeper = new StateKeeper(new NoVault(), SampleState.full());

  /** What is written shows in the state. */
  private static final class NoVault implements Vault {
    @Override
    public Optional<NodeState> read() {
      return Optional.empty();
    }

    @Override
    public void write(NodeState state) {}
  }

  /** It tells nothing of the service subscription, so that every AE may register. */
  private CompletionStage<ResponsePrimitive> registrar(RequestPrimitive request) {
    if (request.to().endsWith(ImpliedNames.ofNode(new CseId(CSE)))) {
      return CompletableFuture.failedFuture(Refusal.NOT_REACHABLE.of("security association"));
    }
    sent.add(request);
    if (lost.remove(sent.size() - 1)) {
      return CompletableFuture.failedFuture(Refusal.NOT_REACHABLE.of("security association"));
    }
    Attributes announced = Attributes.builder().put("ri", stem).build();
    return CompletableFuture.completedFuture(
        ResponsePrimitive.of(
            answers.remove(), request.requestId(), Representation.of("m2m:aeA", announced)));
  }

  private ResponsePrimitive ask(RequestPrimitive request) throws Exception {
    return ask(service(), request);
  }

  private static ResponsePrimitive ask(RequestHandler handler, RequestPrimitive request)
      throws Exception {
    return handler
        .handle(
            new RequestHandler.Inbound(
                request,
                Optional.empty(),
                InetSocketAddress.createUnresolved("localhost", 1),
                true))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private McaService service() {
    return new McaService(
        () -> keeper,
        new ServerClock(InstantSource.fixed(NOW), new Random(1)),
        this::registrar,
        () -> TrafficMeter.Reading.ZERO,
        Runnable::run,
        (asked, answer, duration, traffic) -> {},
        enrolment -> {},
        PATIENCE);
  }

  private ResponsePrimitive register(String from) throws Exception {
    return register(from, "pump");
  }

  private ResponsePrimitive register(String from, String name) throws Exception {
    return register(from, ae(name).build());
  }

  private static Attributes.Builder ae(String name) {
    return Attributes.builder()
        .put("rn", name)
        .put("api", "Npump")
        .put("rr", false)
        .put("srv", List.of("3"));
  }

  private ResponsePrimitive registerTracked() throws Exception {
    return register("Cpump", ae("pump").put("trps", true).build());
  }

  private ResponsePrimitive register(String from, Attributes ae) throws Exception {
    return ask(
        RequestPrimitive.builder(Operation.CREATE, "cse-asn", "r1")
            .resourceType(2)
            .releaseVersion(ReleaseVersion.RELEASE_2A)
            .from(from)
            .content(Representation.of("m2m:ae", ae))
            .build());
  }

  private ResponsePrimitive publish() throws Exception {
    return ask(RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "r2").from("S17").build());
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/005: case a: the stem is asked for at the registrar")
  void assigned() throws Exception {
    answers.add(ResponseStatusCode.CREATED);

    ResponsePrimitive answer = register("S");

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(answer.requestId()).isEqualTo("r1");
    assertThat(answer.content().orElseThrow().attributes().text("aei")).contains("S17");
    assertThat(keeper.state().applications()).containsKey("S17");
    RequestPrimitive asked = sent.get(0);
    assertThat(asked.to()).isEqualTo("/id-in/-");
    assertThat(asked.resourceType()).hasValue(10002);
    assertThat(asked.from()).contains(CSE + "/S");
    assertThat(asked.releaseVersion()).isEqualTo(ReleaseVersion.RELEASE_2A);
    Attributes announced = asked.content().orElseThrow().attributes();
    assertThat(announced.text("lnk")).contains(CSE + "/S");
    assertThat(announced.text("api")).contains("Npump");
    assertThat(announced.texts("lbl")).containsExactly("Credential-ID:");
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/008: case b: a stem of its own is confirmed by the registrar")
  void confirmed() throws Exception {
    answers.add(ResponseStatusCode.CREATED);

    assertThat(register("S17").status()).isEqualTo(ResponseStatusCode.CREATED);

    assertThat(sent.get(0).from()).contains(CSE + "/S17");
    assertThat(register("S17").status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
    assertThat(sent).hasSize(1);
  }

  @Test
  @DisplayName("Design 5: what asks for a stem again after a lost answer is the same request")
  void askedAgain() throws Exception {
    lost.add(0);
    answers.addAll(List.of(ResponseStatusCode.CREATED, ResponseStatusCode.CREATED));

    assertThat(register("S").status()).isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
    keeper = new StateKeeper(new NoVault(), keeper.state());
    assertThat(register("S").status()).isEqualTo(ResponseStatusCode.CREATED);

    assertThat(sent.get(1).requestId()).isEqualTo(sent.get(0).requestId());
    assertThat(sent.get(1).content()).isEqualTo(sent.get(0).content());
    stem = "S18";
    assertThat(register("S", "valve").status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(sent.get(2).requestId()).isNotEqualTo(sent.get(0).requestId());
  }

  @Test
  @DisplayName("Two applications that ask at once do not share a stem")
  void askedAtOnce() {
    StemRequests requests = new StemRequests(() -> keeper);
    Attributes ae = Attributes.builder().put("api", "Npump").build();

    StemRequests.StemRequest first = requests.begin(ae);
    StemRequests.StemRequest second = requests.begin(ae);
    requests.left(first);
    requests.left(second);

    assertThat(second.requestId()).isNotEqualTo(first.requestId());
    assertThat(requests.begin(ae)).isEqualTo(first);
  }

  @Test
  @DisplayName("TP/oneM2M/CSE/REG/CRE/010: the registrar's refusal is what the AE hears")
  void refused() throws Exception {
    answers.add(ResponseStatusCode.APP_RULE_VALIDATION_FAILED);

    ResponsePrimitive answer = register("S");

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.APP_RULE_VALIDATION_FAILED);
    assertThat(answer.requestId()).isEqualTo("r1");
    assertThat(keeper.state().applications()).containsOnlyKeys("Cdemo");
  }

  @Test
  @DisplayName("TS-0001 7.2: an AE with a stem of the provider's is /S… at other CSEs")
  void forwarded() throws Exception {
    answers.addAll(List.of(ResponseStatusCode.CREATED, ResponseStatusCode.OK));
    register("S");

    publish();

    assertThat(sent.get(1).from()).contains("/S17");
    assertThat(sent.get(1).requestId()).isEqualTo("S17/r2");
  }

  @Test
  @DisplayName("TS-0001 10.2.2.5: the announcement is INACTIVE before the AE is gone")
  void deregistered() throws Exception {
    answers.addAll(List.of(ResponseStatusCode.CREATED, ResponseStatusCode.UPDATED));
    register("S");

    ResponsePrimitive answer =
        ask(RequestPrimitive.builder(Operation.DELETE, "cse-asn/pump", "r3").from("S17").build());

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.DELETED);
    assertThat(sent.get(1).operation()).isEqualTo(Operation.UPDATE);
    assertThat(sent.get(1).to()).isEqualTo("/id-in/S17");
    assertThat(sent.get(1).content().orElseThrow().attributes().text("lnk")).contains("INACTIVE");
    assertThat(keeper.state().applications()).containsOnlyKeys("Cdemo");
  }

  @Test
  @DisplayName("What the registrar has forgotten is announced again, and the request repeated")
  void forgotten() throws Exception {
    answers.addAll(
        List.of(
            ResponseStatusCode.CREATED,
            ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED,
            ResponseStatusCode.NOT_FOUND,
            ResponseStatusCode.CREATED,
            ResponseStatusCode.OK));
    register("S");
    keeper = new StateKeeper(new NoVault(), keeper.state());

    assertThat(publish().status()).isEqualTo(ResponseStatusCode.OK);

    assertThat(sent.get(3).from()).contains(CSE + "/S17");
    assertThat(sent.get(3).content().orElseThrow().attributes().text("api")).contains("Npump");
    assertThat(sent.get(4)).isEqualTo(sent.get(1));
  }

  @Test
  @DisplayName("An AE that moved to another registrar is not announced again")
  void moved() throws Exception {
    answers.addAll(
        List.of(
            ResponseStatusCode.CREATED,
            ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED,
            ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE));
    register("S");

    assertThat(publish().status()).isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

    assertThat(sent).hasSize(3);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case f: an AE is registered once the registrar knows where")
  void tracked() throws Exception {
    answers.add(ResponseStatusCode.OK);

    assertThat(registerTracked().status()).isEqualTo(ResponseStatusCode.CREATED);

    RequestPrimitive told = sent.get(0);
    assertThat(told.operation()).isEqualTo(Operation.NOTIFY);
    assertThat(told.to()).isEqualTo("/id-in/-");
    assertThat(told.from()).contains(CSE);
    assertThat(RegistrationPointChange.of(told))
        .isEqualTo(RegistrationPointChange.arrivalOf(new AeId(CSE + "/Cpump")));
    assertThat(told.requestExpiration())
        .as("a given up one is not taken for an arrival when it comes late")
        .contains(keeper.state().serverTime(NOW).plus(PATIENCE));
    assertThat(register("Cother", "other").status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(sent).hasSize(1);
  }

  @Test
  @DisplayName("Nothing tells the registrar that an AE which is tracked is so no longer")
  void whatIsTrackedStaysSo() throws Exception {
    answers.add(ResponseStatusCode.OK);
    registerTracked();

    for (AttributeValue untracked :
        List.of(new AttributeValue.Flag(false), AttributeValue.Nothing.NOTHING)) {
      Attributes changes = Attributes.builder().put("trps", untracked).build();
      RequestPrimitive.Builder update =
          RequestPrimitive.builder(Operation.UPDATE, "cse-asn/pump", "r2").from("Cpump");
      assertThat(ask(update.content(Representation.of("m2m:ae", changes)).build()).status())
          .isEqualTo(ResponseStatusCode.BAD_REQUEST);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ORIGINATOR_HAS_NO_PRIVILEGE, ORIGINATOR_HAS_NO_PRIVILEGE",
    "REQUEST_TIMEOUT, TARGET_NOT_REACHABLE"
  })
  @DisplayName("TS-0001 10.2.2.2 step 008f: without the registrar's consent there is no <AE>")
  void notTracked(ResponseStatusCode answer, ResponseStatusCode told) throws Exception {
    answers.add(answer);

    assertThat(registerTracked().status()).isEqualTo(told);

    assertThat(keeper.state().applications()).containsOnlyKeys("Cdemo");
  }

  @ParameterizedTest
  @EnumSource(
      value = ResponseStatusCode.class,
      names = {"OK", "ORIGINATOR_HAS_ALREADY_REGISTERED", "INTERNAL_SERVER_ERROR"})
  @DisplayName("TS-0001 10.2.16.2: at each refresh the AEs go that have registered elsewhere")
  void refreshed(ResponseStatusCode answer) throws Exception {
    answers.addAll(List.of(ResponseStatusCode.OK, answer));
    registerTracked();

    service().refreshed();

    assertThat(RegistrationPointChange.of(sent.get(1)).isConfirmation()).isTrue();
    assertThat(sent).hasSize(2);
    assertThat(keeper.state().applications().containsKey("Cpump"))
        .isEqualTo(answer != ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: an AE that is refused after it moved is removed, and may return")
  void movedAway() throws Exception {
    answers.addAll(
        List.of(
            ResponseStatusCode.OK,
            ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED,
            ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED,
            ResponseStatusCode.OK,
            ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED,
            ResponseStatusCode.OK));
    registerTracked();
    RequestPrimitive.Builder request =
        RequestPrimitive.builder(Operation.RETRIEVE, "/id-in/-", "2");

    assertThat(ask(request.from("Cpump").build()).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);

    assertThat(keeper.state().applications()).doesNotContainKey("Cpump");
    assertThat(registerTracked().status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(registerTracked().status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(answers).isEmpty();
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: a node that is notified of a move asks its registrar about it")
  void notified() throws Exception {
    answers.addAll(
        List.of(ResponseStatusCode.OK, ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED));
    registerTracked();
    RegistrationPointChange move =
        new RegistrationPointChange(
            Optional.of(new AeId(CSE + "/Cpump")), new AeId("/asn-8/Cpump"));
    RequestPrimitive notification =
        RequestPrimitive.builder(Operation.NOTIFY, CSE + "/-", "n1")
            .from("/id-in")
            .content(move.toContent())
            .build();

    assertThat(ask(service().ofRegistrar(), notification).status())
        .isEqualTo(ResponseStatusCode.OK);

    assertThat(RegistrationPointChange.of(sent.get(1)).isConfirmation()).isTrue();
    assertThat(keeper.state().applications()).doesNotContainKey("Cpump");
  }

  @Test
  @DisplayName("An AE that still counts as registered here is not registered a second time")
  void registeredTwice() throws Exception {
    answers.addAll(List.of(ResponseStatusCode.OK, ResponseStatusCode.OK));
    registerTracked();

    assertThat(registerTracked().status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
  }
}
