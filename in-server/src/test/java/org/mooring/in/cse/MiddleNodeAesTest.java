// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.AppRule;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.RuleSource;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.store.Store;
import org.mooring.in.store.StoreSettings;
import org.mooring.in.transaction.UnitOfWork;

/** AEs that register at an MN-CSE, with the registrar's word put in by the test. */
class MiddleNodeAesTest {
  private static final ServiceProvider IN = TestCse.PROVIDER;
  private static final ServiceProvider PROVIDER =
      new ServiceProvider(
          IN.sp(), IN.mef(), IN.maf(), new CseId("/mn-1"), "cse-mn", List.of(), IN.lifetimes());
  private static final KeyIdentifier KC =
      KeyIdentifier.parse("0123456789ABCDEF0123456789ABCDEF@maf.sp.example.org");
  private static final CredentialId OF_KM = new CredentialId("11-pump@maf.sp.example.org");
  private static final String APPLICATION = "{'api':'Npump','rr':false,'srv':['3']}";

  @TempDir Path folder;
  private final AtomicInteger left = new AtomicInteger();
  private final List<AeId> doubted = new CopyOnWriteArrayList<>();
  private Instant time = TestCse.START;
  private Store store;
  private CseEndpoint cse;

  @BeforeEach
  void start() {
    store = Store.open(StoreSettings.in(folder), () -> time);
    cse =
        CseEndpoint.ofMiddleNode(
            PROVIDER, new CseId("/id-in"), () -> {}, left::incrementAndGet, doubted::add);
    write(tx -> cse.prepare(tx));
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private <T> T write(UnitOfWork<Repositories, T> work) {
    try {
      return store.write(work).toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private ResponsePrimitive ask(
      String ae, RequestPrimitive request, Optional<RegistrarsWord> word) {
    SecurityPrincipal.AssociatedEntity principal =
        new SecurityPrincipal.AssociatedEntity(
            KC, new AeId(ae).absolute(PROVIDER.sp()), time.plus(Duration.ofDays(1)));
    Originator originator =
        new Originator.Associated(
            principal, request.from().orElse(""), Optional.of(CredentialId.towardMaf(KC)));
    return write(tx -> cse.handle(tx, originator, request, word));
  }

  private static RequestPrimitive registration(String from, String attributes) {
    return RequestPrimitive.builder(Operation.CREATE, "-", "r1")
        .from(from)
        .resourceType(TestCse.AE)
        .content(Representation.of(CseResources.AE.root(), TestCse.json(attributes)))
        .build();
  }

  private static RequestPrimitive registration(String from) {
    return registration(from, APPLICATION);
  }

  private static Optional<RegistrarsWord> announced() {
    return Optional.of(new RegistrarsWord.Announced(OF_KM, new AeId("Spump")));
  }

  private static Optional<RegistrarsWord> rules(String credential) {
    Attributes rule =
        Attributes.builder()
            .put("apci", List.of(credential))
            .put("aai", List.of("Npump"))
            .put("aae", List.of("C*"))
            .build();
    List<AppRule> rules = List.of(AppRule.of("cse-in/pumps", rule, RuleSource.OPERATOR));
    return Optional.of(new RegistrarsWord.Subscribed(OF_KM, new Profile.Linked(rules, List.of())));
  }

  private static RequestPrimitive tracked(String name) {
    return registration(
        "Cpump", "{'rn':'" + name + "','api':'Npump','rr':false,'srv':['3'],'trps':true}");
  }

  private Optional<RegistrarQuestion.Tracking> askedBefore(RequestPrimitive registration) {
    return catchThrowableOfType(
            RegistrarAskedException.class, () -> ask("/mn-1/Cpump", registration, Optional.empty()))
        .question()
        .tracking();
  }

  private ResponsePrimitive notified(Originator from, String to, String content) {
    RequestPrimitive notice =
        RequestPrimitive.builder(Operation.NOTIFY, to, "r9")
            .from(from.from())
            .content(Representation.of("m2m:sgn", TestCse.json(content)))
            .build();
    return write(tx -> cse.handle(tx, from, notice));
  }

  private void assertRefused(
      Refusal refusal, String ae, RequestPrimitive request, Optional<RegistrarsWord> word) {
    Assertions.assertThatThrownBy(() -> ask(ae, request, word))
        .extracting(TestCse::answer)
        .isEqualTo(refusal);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 003: nobody registers before the registrar was asked")
  void theRegistrarIsAsked() {
    RegistrarAskedException asked =
        catchThrowableOfType(
            RegistrarAskedException.class,
            () -> ask("/Spump", registration("S"), Optional.empty()));

    RegistrarQuestion question = asked.question();
    assertThat(question.stem()).isEqualTo(new AeId("Spump"));
    assertThat(question.appId()).isEqualTo("Npump");
    assertThat(question.association()).isEqualTo(KC);
    assertThat(question.requestId()).isEqualTo("r1");
    RegistrarAskedException ofC =
        catchThrowableOfType(
            RegistrarAskedException.class,
            () -> ask("/mn-1/Cpump", registration(""), Optional.empty()));
    assertThat(ofC.question().stem()).isEqualTo(new AeId("Cpump"));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2: it is not asked about what this CSE refuses by itself")
  void whatIsWrongByItselfIsNotAskedAbout() {
    assertRefused(
        Refusal.MISSING_ATTRIBUTE,
        "/Spump",
        registration("Spump", "{'rr':false,'srv':['3']}"),
        Optional.empty());
    assertRefused(Refusal.WRONG_ORIGINATOR, "/Spump", registration("C"), Optional.empty());
    assertRefused(
        Refusal.OPERATION_NOT_OFFERED, "/asn-7/Cpump", registration("Cpump"), Optional.empty());
    ask("/Spump", registration("Spump"), announced());
    assertRefused(Refusal.ALREADY_REGISTERED, "/Spump", registration("Spump"), Optional.empty());
  }

  @Test
  @DisplayName("TS-0004 7.3.2.7: a stem of this CSE's by the rules and the credential told")
  void stemsOfThisCseAreHeldAgainstTheRules() {
    assertRefused(Refusal.APP_RULE_FAILED, "/mn-1/Cpump", registration("C"), rules("11-other@b.c"));
    assertRefused(
        Refusal.NO_SERVICE_SUBSCRIPTION,
        "/mn-1/Cpump",
        registration("C"),
        Optional.of(new RegistrarsWord.Subscribed(OF_KM, new Profile.NotEstablished())));

    ResponsePrimitive registered = ask("/mn-1/Cpump", registration("C"), rules(OF_KM.value()));

    assertThat(registered.content().orElseThrow().attributes().text("aei")).contains("Cpump");
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 006: what the IN-CSE refuses")
  void theRegistrarsRefusalIsTold() {
    assertRefused(
        Refusal.ALREADY_REGISTERED,
        "/Spump",
        registration("Spump"),
        Optional.of(
            new RegistrarsWord.Refused(OF_KM, Refusal.ALREADY_REGISTERED, "the IN-CSE says so")));
  }

  @Test
  @DisplayName("TS-0001 10.2.2.5: of an AE that left or expired the IN-CSE is told, of others not")
  void whoLeftIsRemembered() {
    ask("/Spump", registration("Spump"), announced());
    ask(
        "/mn-1/Cpump",
        registration("C", "{'api':'Npump','rr':false,'srv':['3'],'et':'20260301T130000'}"),
        rules(OF_KM.value()));
    ask(
        "/Spump",
        RequestPrimitive.builder(Operation.DELETE, "Spump", "r2").from("Spump").build(),
        Optional.empty());

    time = time.plus(Duration.ofHours(2));
    write(tx -> cse.sweep(tx, 10));

    assertThat(left).hasValue(1);
    assertThat(write(CseEndpoint::leftAes)).containsExactly(new AeId("Spump"));
    ask("/Spump", registration("Spump"), announced());
    assertThat(write(CseEndpoint::leftAes)).as("it came again").isEmpty();
    write(
        tx -> {
          cse.abandon(tx, new AeId("Spump"));
          cse.abandon(tx, new AeId("Sother"));
          CseEndpoint.forgetLeftAe(tx, new AeId("Spump"));
          return true;
        });
    assertThat(write(CseEndpoint::leftAes)).containsExactly(new AeId("Sother"));
    Optional<Resource> pump = write(tx -> tx.resources().byId("Spump"));
    assertThat(pump).as("is registered").isPresent();
  }

  @Test
  @DisplayName(
      "TS-0001 10.2.2.2 case f: the registrar is told of an AE that is to be tracked alone")
  void whatIsTrackedIsTold() {
    assertThat(askedBefore(tracked("pump")))
        .contains(new RegistrarQuestion.Tracking(Optional.empty()));
    assertThat(askedBefore(registration("Cpump"))).isEmpty();
    RegistrarAskedException ofProvider =
        catchThrowableOfType(
            RegistrarAskedException.class,
            () ->
                ask(
                    "/Spump",
                    registration("S", "{'api':'Npump','rr':false,'srv':['3'],'trps':true}"),
                    Optional.empty()));
    assertThat(ofProvider.question().tracking()).isEmpty();
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case f: it is not told of what can not be registered")
  void whatIsInTheWayIsFoundBefore() {
    ask(
        "/mn-1/Cother",
        registration("C", "{'rn':'pump'," + APPLICATION.substring(1)),
        rules(OF_KM.value()));

    assertRefused(Refusal.NAME_IN_USE, "/mn-1/Cpump", tracked("pump"), Optional.empty());
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 case f: an AE that left makes room for itself, and no other time")
  void anAeThatLeftComesBack() {
    ask("/mn-1/Cpump", tracked("pump"), rules(OF_KM.value()));
    Optional<TrackedAe> first = askedBefore(tracked("pump")).orElseThrow().before();
    assertThat(first).isPresent();
    assertRefused(Refusal.ALREADY_REGISTERED, "/mn-1/Cpump", tracked("pump"), rules(OF_KM.value()));
    assertRefused(
        Refusal.ALREADY_REGISTERED, "/mn-1/Cpump", registration("Cpump"), Optional.empty());
    time = time.plusSeconds(1);
    write(
        tx -> {
          CseEndpoint.endMoved(tx, "/id-in", first.orElseThrow());
          return true;
        });

    ask("/mn-1/Cpump", tracked("again"), rules(OF_KM.value()));

    write(
        tx -> {
          CseEndpoint.endMoved(tx, "/id-in", first.orElseThrow());
          return true;
        });
    List<TrackedAe> standing = write(CseEndpoint::trackedAes);
    assertThat(standing).hasSize(1).doesNotContain(first.orElseThrow());
    write(
        tx -> {
          CseEndpoint.endMoved(tx, "/id-in", standing.get(0));
          return true;
        });
    assertThat(write(CseEndpoint::trackedAes)).isEmpty();
    assertThat(left).as("nothing is announced of it").hasValue(0);
  }

  @Test
  @DisplayName("TS-0001 10.2.16.1: a notice has the registrar asked about an AE that is tracked")
  void noticesAreDoubts() {
    ask("/mn-1/Cpump", tracked("pump"), rules(OF_KM.value()));
    ask("/mn-1/Cother", registration("C"), rules(OF_KM.value()));
    Originator registrar = new Originator.ViaRegistrar("/id-in");
    String moved = "{'aerp':true,'tid1':'/mn-1/Cpump','tid2':'/asn-7/Cpump'}";

    assertThat(notified(registrar, "/mn-1/-", moved).status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(doubted).containsExactly(new AeId("Cpump"));
    for (String untracked : List.of("/mn-1/Cother", "/mn-1/Cnone", "/mn-2/Cpump")) {
      notified(registrar, "/mn-1/-", moved.replace("/mn-1/Cpump", untracked));
    }
    assertThat(doubted).hasSize(1);

    assertThat(write(CseEndpoint::trackedAes)).as("not taken at its word").hasSize(1);
  }

  @Test
  @DisplayName("TS-0001 10.2.16.1: nobody gives notice but over the association with the registrar")
  void noticesOfOthersAreRefused() {
    ask("/mn-1/Cpump", tracked("pump"), rules(OF_KM.value()));
    String moved = "{'aerp':true,'tid1':'/mn-1/Cpump','tid2':'/asn-7/Cpump'}";
    Originator other =
        new Originator.Associated(
            new SecurityPrincipal.AssociatedEntity(
                KC, new AeId("//sp.example.org/mn-1/Cother"), time.plus(Duration.ofDays(1))),
            "Cother",
            Optional.empty());
    Originator registrar = new Originator.ViaRegistrar("/id-in");

    for (Executable refused :
        List.<Executable>of(
            () -> notified(other, "/mn-1/-", moved),
            () -> notified(registrar, "/mn-1/-/pump", moved),
            () -> notified(registrar, "/mn-1/-", "{'vrq':true}"))) {
      Assertions.assertThatThrownBy(refused::execute)
          .extracting(TestCse::answer)
          .isEqualTo(Refusal.OPERATION_NOT_OFFERED);
    }
    assertThat(doubted).isEmpty();
  }

  @Test
  void whatAnUpdateHasTrackedTheRegistrarIsAskedAbout() {
    ask("/mn-1/Cpump", registration("Cpump"), rules(OF_KM.value()));
    assertThat(write(CseEndpoint::trackedAes)).isEmpty();

    update("{'trps':true}");
    update("{'lbl':['x']}");

    assertThat(doubted).containsExactly(new AeId("Cpump"));
    assertThat(write(CseEndpoint::trackedAes)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'trps':false}", "{'trps':null}"})
  @DisplayName("Nothing tells the IN-CSE that an AE which is tracked is so no longer")
  void whatIsTrackedStaysSo(String untracked) {
    ask("/mn-1/Cpump", tracked("pump"), rules(OF_KM.value()));
    ask("/mn-1/Cother", registration("Cother"), rules(OF_KM.value()));

    assertRefused(
        Refusal.NOT_PERMITTED_ATTRIBUTE,
        "/mn-1/Cpump",
        changed("Cpump", untracked),
        Optional.empty());
    ask("/mn-1/Cother", changed("Cother", untracked), Optional.empty());

    assertThat(write(CseEndpoint::trackedAes)).hasSize(1);
  }

  private void update(String changes) {
    ask("/mn-1/Cpump", changed("Cpump", changes), Optional.empty());
  }

  private static RequestPrimitive changed(String stem, String changes) {
    return RequestPrimitive.builder(Operation.UPDATE, stem, "r2")
        .from(stem)
        .content(Representation.of(CseResources.AE.root(), TestCse.json(changes)))
        .build();
  }

  @Test
  void theNamesOfItsRegistrarAndOfWhatLeftAreKept() {
    for (String name : List.of("id-in", "left.Sother")) {
      String named = "{'rn':'" + name + "','api':'Npump','rr':false,'srv':['3']}";
      assertRefused(
          Refusal.NAME_IN_USE, "/mn-1/Cpump", registration("C", named), rules(OF_KM.value()));
    }
  }
}
