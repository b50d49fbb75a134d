// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.asn.enrolment.Sender;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Vault;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** The rules of Mca; {@code Cdemo} is registered as {@code demo} in the sample state. */
class McaServiceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final List<RequestPrimitive> forwarded = new ArrayList<>();
  private final List<NodeState> written = new ArrayList<>();
  private final List<EnrolmentRequest> enrolments = new ArrayList<>();
  private final StateKeeper keeper =
      new StateKeeper(
          new Vault() {
            @Override
            public Optional<NodeState> read() {
              return Optional.empty();
            }

            @Override
            public void write(NodeState state) {
              written.add(state);
            }
          },
          SampleState.full());
  private Sender association =
      request -> {
        forwarded.add(request);
        return CompletableFuture.completedFuture(
            ResponsePrimitive.of(ResponseStatusCode.OK, request.requestId()));
      };

  private Duration patience = Duration.ofSeconds(25);

  private ResponsePrimitive ask(RequestPrimitive request) throws Exception {
    McaService service =
        new McaService(
            () -> keeper,
            new ServerClock(InstantSource.fixed(NOW), new Random(1)),
            request1 -> association.send(request1),
            () -> TrafficMeter.Reading.ZERO,
            Runnable::run,
            (asked, answer, duration, traffic) -> {},
            enrolments::add,
            patience);
    CompletionStage<ResponsePrimitive> answer =
        service.handle(
            new RequestHandler.Inbound(
                request,
                Optional.empty(),
                InetSocketAddress.createUnresolved("localhost", 1),
                true));
    return answer.toCompletableFuture().get(5, TimeUnit.SECONDS);
  }

  private static RequestPrimitive.Builder request(
      Operation operation, String to, @Nullable String from) {
    RequestPrimitive.Builder built = RequestPrimitive.builder(operation, to, "r1");
    return from == null ? built : built.from(from);
  }

  private static RequestPrimitive registration(@Nullable String from, String name) {
    return request(Operation.CREATE, "cse-asn", from)
        .resourceType(2)
        .content(
            Representation.of(
                "m2m:ae",
                Attributes.builder()
                    .put("rn", name)
                    .put("api", "Nexample")
                    .put("rr", false)
                    .put("srv", List.of("3"))
                    .build()))
        .build();
  }

  @Test
  void anAeWithoutAStemGetsOneAndIsInTheVaultBeforeTheAnswer() throws Exception {
    ResponsePrimitive answer = ask(registration(null, "meter"));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.CREATED);
    Attributes ae = answer.content().orElseThrow().attributes();
    String stem = ae.text("aei").orElseThrow();
    assertThat(stem).matches("C[0-9a-f]{24}");
    assertThat(ae.text("ri")).contains(stem);
    assertThat(written.get(0).applications()).containsKey(stem);
  }

  @Test
  void anAeMayBringItsStem() throws Exception {
    Attributes ae = ask(registration("Cmine", "meter")).content().orElseThrow().attributes();

    assertThat(ae.text("aei")).contains("Cmine");
  }

  @ParameterizedTest
  @CsvSource({
    "Cdemo, other, ORIGINATOR_HAS_ALREADY_REGISTERED",
    "Cnew, demo, CONFLICT",
    "Cnew, cse-asn, CONFLICT",
    "Snew, demo, CONFLICT",
    "S, cse-asn, CONFLICT",
    "/id-in, other, BAD_REQUEST",
    "/asn-0123456789ab/Cx, other, BAD_REQUEST"
  })
  void anAeIsRefused(String from, String name, ResponseStatusCode status) throws Exception {
    assertThat(ask(registration(from, name)).status()).isEqualTo(status);
    assertThat(written).isEmpty();
    assertThat(forwarded).isEmpty();
  }

  @Test
  void anAeCanNotReferToPoliciesThatNobodyHeedsHere() throws Exception {
    Attributes policies = Attributes.builder().put("acpi", List.of("/id-in/policy")).build();
    Representation content = Representation.of("m2m:ae", policies);
    RequestPrimitive registration = registration("Cnew", "x");
    Attributes given = registration.content().orElseThrow().attributes();

    ResponsePrimitive created =
        ask(
            registration.toBuilder()
                .content(Representation.of("m2m:ae", given.toBuilder().putAll(policies).build()))
                .build());
    ResponsePrimitive updated =
        ask(request(Operation.UPDATE, "cse-asn/demo", "Cdemo").content(content).build());

    assertThat(List.of(created.status(), updated.status()))
        .containsOnly(ResponseStatusCode.NOT_IMPLEMENTED);
    assertThat(written).isEmpty();
  }

  @Test
  void anAeCanNotRegisterElsewhereThroughTheNode() throws Exception {
    RequestPrimitive elsewhere = registration("Cnew", "x").toBuilder().to("/id-in/-").build();

    assertThat(ask(elsewhere).status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    assertThat(forwarded).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    ", BAD_REQUEST",
    "Cunknown, ORIGINATOR_NOT_AUTHENTICATED",
    "/id-in, SECURITY_ASSOCIATION_REQUIRED",
    "//sp.example.org/id-in, SECURITY_ASSOCIATION_REQUIRED",
    "/asn-0123456789ab, SECURITY_ASSOCIATION_REQUIRED",
    "/asn-0123456789ab/Cdemo, BAD_REQUEST",
    "nonsense, BAD_REQUEST"
  })
  void anOriginatorThatIsNoAeOfThisNodeIsRefused(@Nullable String from, ResponseStatusCode status)
      throws Exception {
    assertThat(ask(request(Operation.RETRIEVE, "/id-in/-", from).build()).status())
        .isEqualTo(status);
    assertThat(ask(request(Operation.RETRIEVE, "cse-asn", from).build()).status())
        .isEqualTo(status);
    assertThat(forwarded).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/id-in/cse-in/asn-0123456789ab/data", "//sp.example.org/id-in/-"})
  void whatIsNotOfThisCseGoesOverTheAssociation(String to) throws Exception {
    ResponsePrimitive answer = ask(request(Operation.RETRIEVE, to, "Cdemo").build());

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(answer.requestId()).isEqualTo("r1");
    RequestPrimitive sent = forwarded.get(0);
    assertThat(sent.to()).isEqualTo(to);
    assertThat(sent.from()).contains("/asn-0123456789ab/Cdemo");
    assertThat(sent.requestId()).isEqualTo("Cdemo/r1");
  }

  @Test
  void withoutAnAssociationTheRegistrarIsNotReachable() throws Exception {
    association = request -> CompletableFuture.failedFuture(Refusal.NOT_REACHABLE.of("x"));

    ResponsePrimitive answer = ask(request(Operation.RETRIEVE, "/id-in/-", "Cdemo").build());

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
    assertThat(answer.requestId()).isEqualTo("r1");
  }

  @Test
  void anAnswerThatDoesNotComeIsNotWaitedForTooLong() throws Exception {
    association = request -> new CompletableFuture<>();
    patience = Duration.ofMillis(20);

    ResponsePrimitive answer = ask(request(Operation.RETRIEVE, "/id-in/-", "Cdemo").build());

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.TARGET_NOT_REACHABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-",
        "cse-asn",
        "/asn-0123456789ab/-",
        "//sp.example.org/asn-0123456789ab/cse-asn"
      })
  void theOwnCseBaseIsFoundUnderEachOfItsAddresses(String to) throws Exception {
    ResponsePrimitive answer = ask(request(Operation.RETRIEVE, to, "Cdemo").build());

    Representation base = answer.content().orElseThrow();
    assertThat(base.root()).isEqualTo("m2m:cb");
    assertThat(base.attributes().text("csi")).contains("/asn-0123456789ab");
  }

  @Test
  void theRegistrarIsMirrored() throws Exception {
    ResponsePrimitive answer = ask(request(Operation.RETRIEVE, "-/id-in", "Cdemo").build());

    Attributes mirror = answer.content().orElseThrow().attributes();
    assertThat(mirror.text("csi")).contains("/id-in");
    assertThat(mirror.whole("cst")).hasValue(1);
    assertThat(mirror.text("cb")).contains("/id-in/-");
    assertThat(mirror.text("pi")).contains("asn-0123456789ab");
    assertThat(mirror.texts("srv")).containsExactly("2a", "3");
    assertThat(mirror.texts("poa"))
        .isEqualTo(SampleState.full().configuration().orElseThrow().registrarAccess())
        .isNotEmpty();
    assertThat(mirror.timestamp("et"))
        .isEqualTo(
            SampleState.full()
                .registration(Function.CSE)
                .map(registration -> registration.lease().expires()));
  }

  @Test
  void theMirrorOfTheRegistrarGoesWithTheRegistrationThere() throws Exception {
    keeper.update(state -> state.toBuilder().withoutRegistration(Function.CSE).build());

    assertThat(ask(request(Operation.RETRIEVE, "-/id-in", "Cdemo").build()).status())
        .isEqualTo(ResponseStatusCode.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE, cse-asn, NOT_IMPLEMENTED",
    "DELETE, cse-asn, OPERATION_NOT_ALLOWED",
    "UPDATE, cse-asn, OPERATION_NOT_ALLOWED",
    "CREATE, cse-asn/demo, NOT_IMPLEMENTED",
    "RETRIEVE, cse-asn/nothing, NOT_FOUND",
    "RETRIEVE, cse-asn/demo/deeper, NOT_FOUND",
    "DELETE, cse-asn/id-in, ORIGINATOR_HAS_NO_PRIVILEGE"
  })
  void whatTheOwnTreeDoesNotOfferIsRefused(
      Operation operation, String to, ResponseStatusCode status) throws Exception {
    RequestPrimitive.Builder request = request(operation, to, "Cdemo");
    if (operation == Operation.CREATE) {
      request.resourceType(3);
    }
    assertThat(ask(request.build()).status()).isEqualTo(status);
  }

  @Test
  void anAeReadsUpdatesAndDeletesItself() throws Exception {
    assertThat(ask(request(Operation.RETRIEVE, "Cdemo", "Cdemo").build()).status())
        .isEqualTo(ResponseStatusCode.OK);
    RequestPrimitive update =
        request(Operation.UPDATE, "cse-asn/demo", "Cdemo")
            .content(Representation.of("m2m:ae", Attributes.builder().put("apn", "Demo").build()))
            .build();
    ResponsePrimitive updated = ask(update);
    assertThat(updated.status()).isEqualTo(ResponseStatusCode.UPDATED);
    assertThat(updated.content().orElseThrow().attributes().text("apn")).contains("Demo");
    assertThat(ask(request(Operation.DELETE, "Cdemo", "Cdemo").build()).status())
        .isEqualTo(ResponseStatusCode.DELETED);
    assertThat(keeper.state().applications()).isEmpty();
  }

  @Test
  void anotherAeIsNoneOfItsBusiness() throws Exception {
    ask(registration("Cother", "other"));

    assertThat(ask(request(Operation.RETRIEVE, "Cdemo", "Cother").build()).status())
        .isEqualTo(ResponseStatusCode.ORIGINATOR_HAS_NO_PRIVILEGE);
  }

  @Test
  void discoveryNamesTheCseBase() throws Exception {
    ResponsePrimitive answer = ask(request(Operation.RETRIEVE, ".well-known/core", null).build());

    assertThat(answer.content().orElseThrow().root()).isEqualTo(Representation.LINK_FORMAT);
    assertThat(answer.content().orElseThrow().value().toString()).contains("</cse-asn>");
  }

  @Test
  void anExpiredRequestIsRefused() throws Exception {
    RequestPrimitive late =
        request(Operation.RETRIEVE, "/id-in/-", "Cdemo")
            .requestExpiration(NOW.minusSeconds(60))
            .build();

    assertThat(ask(late).status()).isEqualTo(ResponseStatusCode.REQUEST_TIMEOUT);
  }

  private static RequestPrimitive trigger(long purpose, @Nullable String address) {
    Attributes.Builder trigger = Attributes.builder().put("tpe", purpose);
    if (address != null) {
      trigger.put("tia", address);
    }
    return request(Operation.NOTIFY, "-", null)
        .content(Representation.of("m2m:tgr", trigger.build()))
        .build();
  }

  @Test
  void anEnrolmentRequestTellsTheMefAndWhereItIs() throws Exception {
    ResponsePrimitive answer =
        ask(trigger(4, "coaps://gate.example.org:6001/_/mef.next.example.org/-"));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(enrolments)
        .containsExactly(
            new EnrolmentRequest(
                new Fqdn("mef.next.example.org"), "coaps://gate.example.org:6001"));
  }

  @Test
  void aTriggerForSomethingElseIsRefused() throws Exception {
    ResponsePrimitive answer = ask(trigger(1, "coaps://h/_/mef.next.example.org/-"));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.INVALID_TRIGGER_PURPOSE);
    assertThat(enrolments).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "coap://h/_/mef.next.example.org/-",
        "coaps:///_/mef.next.example.org/-",
        "coaps://h/_/mef.next.example.org",
        "coaps://h/_/not a name/-",
        "coaps://h/_/-/-",
        "coaps://h/maf/mef.next.example.org/-",
        "nowhere"
      })
  void anEnrolmentRequestWithoutTheAddressOfAMefBaseIsRefused(@Nullable String address)
      throws Exception {
    ResponsePrimitive answer = ask(trigger(4, address));

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.BAD_REQUEST);
    assertThat(enrolments).isEmpty();
  }
}
