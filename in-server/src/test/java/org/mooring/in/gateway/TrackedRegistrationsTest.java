// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.common.dtls.NoAnswerException;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Failures;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.RegistrationPointChange;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Profile;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.cse.Originator;
import org.mooring.in.cse.RegistrarQuestion;
import org.mooring.in.cse.RegistrarsWord;
import org.mooring.in.cse.TrackedAe;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.scenario.NodeClient;
import org.mooring.in.scenario.RunningServer;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;

/** What the registrar is told of AEs that take their stem along, with one that answers as told. */
class TrackedRegistrationsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final CredentialId CREDENTIAL = new CredentialId("11-pump@maf.sp.example.org");
  private static final RegistrarsWord.Subscribed ALLOWED =
      new RegistrarsWord.Subscribed(CREDENTIAL, Profile.ofProviderWithoutOne());
  private static final ServiceProvider PROVIDER =
      new ServiceProvider(
          RunningServer.SP,
          RunningServer.MEF,
          RunningServer.MAF,
          new CseId("/mn-1"),
          "cse-mn",
          List.of(),
          new ServiceProvider.Lifetimes(Duration.ofDays(1), Duration.ZERO, Duration.ZERO));
  private static final AeId PUMP = new AeId("/mn-1/Cpump");
  private static final KeyIdentifier KC =
      KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDEF@maf.sp.example.org");

  @TempDir private Path folder;
  private final List<RequestPrimitive> sent = new CopyOnWriteArrayList<>();

  /** Of the registrar, one after the other; then it is silent. */
  private final Deque<ResponseStatusCode> answers = new ConcurrentLinkedDeque<>();

  /** Has the registrar answer nothing before it is complete. */
  private CompletableFuture<Void> heard = CompletableFuture.completedFuture(null);

  private Store store;
  private Forwarding forwarding;
  private CseEndpoint cse;
  private TrackedRegistrations tracked;

  @BeforeEach
  void start() {
    store = Store.open(StoreSettings.in(folder), InstantSource.system());
    forwarding =
        Forwarding.up(
            this::answer, () -> CompletableFuture.completedStage(null), InstantSource.system());
    tracked = new TrackedRegistrations(store, forwarding, PROVIDER, new CseId("/id-in"));
    cse =
        CseEndpoint.ofMiddleNode(PROVIDER, new CseId("/id-in"), () -> {}, () -> {}, tracked::doubt);
    NodeClient.await(store.write(cse::prepare));
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private CompletionStage<ResponsePrimitive> answer(RequestPrimitive request) {
    sent.add(request);
    return heard.thenCompose(now -> answered(request));
  }

  private CompletionStage<ResponsePrimitive> answered(RequestPrimitive request) {
    return answers.isEmpty()
        ? CompletableFuture.failedStage(new NoAnswerException("silent"))
        : CompletableFuture.completedStage(
            ResponsePrimitive.of(answers.remove(), request.requestId()));
  }

  private CompletableFuture<RegistrarsWord> admit(Optional<TrackedAe> before) {
    return admit(before, Optional.empty());
  }

  private CompletableFuture<RegistrarsWord> admit(
      Optional<TrackedAe> before, Optional<Instant> expiration) {
    return tracked.admit(question(before, expiration), ALLOWED).toCompletableFuture();
  }

  private static RegistrarQuestion question(
      Optional<TrackedAe> before, Optional<Instant> expiration) {
    return new RegistrarQuestion(
        new AeId("Cpump"),
        "Npump",
        KC,
        Optional.empty(),
        ReleaseVersion.RELEASE_3,
        "r1",
        expiration,
        Optional.of(new RegistrarQuestion.Tracking(before)));
  }

  /** The AE, registered here and tracked. */
  private Optional<TrackedAe> registered(String stem) {
    Originator ae =
        new Originator.Associated(
            new SecurityPrincipal.AssociatedEntity(
                KC,
                new AeId("/mn-1/" + stem).absolute(RunningServer.SP),
                Instant.now().plus(Duration.ofDays(1))),
            stem,
            Optional.of(CREDENTIAL));
    Attributes attributes =
        Attributes.builder()
            .put("api", "Npump")
            .put("rr", false)
            .put("srv", List.of("3"))
            .put("trps", true)
            .build();
    RequestPrimitive registration =
        NodeClient.create("-", CseResources.AE.code())
            .from(stem)
            .content(Representation.of(CseResources.AE.root(), attributes))
            .build();
    NodeClient.await(
        store.write(tx -> cse.handle(tx, ae, registration, Optional.of(ALLOWED)).status()));
    return NodeClient.await(store.read(tx -> CseEndpoint.trackedAe(tx, new AeId(stem))));
  }

  private List<TrackedAe> registered() {
    return NodeClient.await(store.read(CseEndpoint::trackedAes));
  }

  private List<RegistrationPointChange> changes() {
    return sent.stream().map(RegistrationPointChange::of).toList();
  }

  private static void assertNotReachable(CompletableFuture<RegistrarsWord> word) {
    assertThat(
            Failures.causeOf(
                Objects.requireNonNull(word.handle((told, failure) -> failure).join())))
        .isInstanceOfSatisfying(
            RefusedException.class,
            told -> assertThat(told.refusal()).isEqualTo(Refusal.NOT_REACHABLE));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 steps 006f and 007f: an arrival, in the name of this CSE")
  void theArrivalIsTold() {
    answers.add(ResponseStatusCode.OK);

    assertThat(admit(Optional.empty())).isCompletedWithValue(ALLOWED);

    assertThat(changes()).containsExactly(RegistrationPointChange.arrivalOf(PUMP));
    assertThat(sent.get(0).to()).isEqualTo("/id-in/-");
    assertThat(sent.get(0).from()).contains("/mn-1");
  }

  @Test
  @DisplayName("An arrival that is given up is not to be taken for one when it comes late")
  void anArrivalExpiresWithThePatienceForIt() {
    Instant soon = Instant.now().plusSeconds(10);
    Instant late = Instant.now().plusSeconds(3600);
    answers.addAll(Collections.nCopies(3, ResponseStatusCode.OK));

    admit(Optional.empty());
    admit(Optional.empty(), Optional.of(late));
    admit(Optional.empty(), Optional.of(soon));

    for (RequestPrimitive arrival : sent.subList(0, 2)) {
      assertThat(arrival.requestExpiration().orElseThrow())
          .isBetween(soon, Instant.now().plus(Forwarding.PATIENCE));
    }
    assertThat(sent.get(2).requestExpiration()).contains(soon);
  }

  @ParameterizedTest
  @CsvSource({
    "ORIGINATOR_HAS_NO_PRIVILEGE, NO_PRIVILEGE",
    "ORIGINATOR_HAS_ALREADY_REGISTERED, ALREADY_REGISTERED"
  })
  @DisplayName("TS-0001 10.2.2.2 step 008f: what the IN-CSE refuses")
  void aRefusalIsTold(ResponseStatusCode answer, Refusal refusal) {
    answers.add(answer);

    assertThat(admit(Optional.empty()))
        .isCompletedWithValue(
            new RegistrarsWord.Refused(
                CREDENTIAL,
                refusal,
                "the IN-CSE refuses the notification of it: " + answer.code()));
  }

  @Test
  void silenceAndWhatIsBetweenTheTwoCsesAreNotReachable() {
    assertNotReachable(admit(Optional.empty()));
    answers.add(ResponseStatusCode.ORIGINATOR_NOT_AUTHENTICATED);
    assertNotReachable(admit(Optional.empty()));
    answers.add(ResponseStatusCode.REQUEST_TIMEOUT);
    assertNotReachable(admit(Optional.empty()));
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: one that is registered here is asked about first")
  void oneThatLeftAndComesBack() {
    answers.add(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);
    answers.add(ResponseStatusCode.OK);

    assertThat(admit(registered("Cpump"))).succeedsWithin(PATIENCE).isEqualTo(ALLOWED);

    assertThat(changes())
        .containsExactly(
            RegistrationPointChange.confirmationOf(PUMP), RegistrationPointChange.arrivalOf(PUMP));
    assertThat(registered()).as("whether it registers or not").isEmpty();
  }

  @Test
  @DisplayName("TS-0001 10.2.16.2: one that left goes, though the registrar is silent then")
  void oneThatLeftAndDoesNotComeBack() {
    answers.add(ResponseStatusCode.ORIGINATOR_HAS_ALREADY_REGISTERED);

    assertNotReachable(admit(registered("Cpump")));

    assertThat(registered()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"OK", "INTERNAL_SERVER_ERROR", "''"})
  @DisplayName("TS-0001 10.2.16.2: without the IN-CSE's word that it left it stays")
  void oneThatStays(String answer) {
    if (!answer.isEmpty()) {
      answers.add(ResponseStatusCode.valueOf(answer));
    }

    assertThat(admit(registered("Cpump")))
        .isCompletedWithValueMatching(
            word ->
                word instanceof RegistrarsWord.Refused refused
                    && refused.refusal() == Refusal.ALREADY_REGISTERED
                    && refused.reason().contains("is registered here"));

    assertThat(changes()).containsExactly(RegistrationPointChange.confirmationOf(PUMP));
    assertThat(registered()).hasSize(1);
  }

  @Test
  @DisplayName(
      "TS-0001 10.2.16.2: a refusal of the AE's is not held back until the IN-CSE was asked")
  void whoIsRefusedDoesNotWaitForTheQuestion() {
    Optional<TrackedAe> here = registered("Cpump");
    heard = new CompletableFuture<>();
    RegistrarsWords words =
        new RegistrarsWords(
            new AeAnnouncements(
                forwarding,
                key -> CompletableFuture.completedStage(CREDENTIAL),
                () -> CompletableFuture.completedStage(null),
                PROVIDER,
                new CseId("/id-in")),
            new SubscribedAes(
                forwarding,
                key -> CompletableFuture.completedStage(CREDENTIAL),
                PROVIDER,
                new CseId("/id-in"),
                InstantSource.system()),
            tracked);

    assertThat(words.knowsAgain(question(here, Optional.empty()))).isCompletedWithValue(false);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(changes())
                    .containsExactly(RegistrationPointChange.confirmationOf(PUMP)));
  }

  @Test
  @DisplayName("However many doubts there are of one AE, the others are asked about as well")
  void manyDoubtsOfOneAe() {
    registered("Cpump");
    registered("Cother");
    heard = new CompletableFuture<>();
    answers.addAll(Collections.nCopies(50, ResponseStatusCode.OK));

    IntStream.range(0, 20).forEach(i -> tracked.doubt(new AeId("Cpump")));
    tracked.checkAll();
    await().atMost(PATIENCE).until(() -> !sent.isEmpty());
    heard.complete(null);

    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(changes())
                    .contains(RegistrationPointChange.confirmationOf(new AeId("/mn-1/Cother"))));
    assertThat(changes())
        .filteredOn(RegistrationPointChange.confirmationOf(PUMP)::equals)
        .hasSizeBetween(2, 3);
  }
}
