// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.AppInstance;
import org.mooring.asn.vault.AppInstances;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.SampleApplications;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Vault;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;
import org.mooring.common.subscription.Profile;

/** AEs on Mca held against the rules that the IN-CSE links for the node's CSE. */
class SubscriptionTest {
  private static final String NODE = "/id-in/implied.node.asn-0123456789ab";
  private static final String METERS = "/id-in/cse-in/meters";

  private final Map<String, Representation> provider = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final StateKeeper keeper = new StateKeeper(new NoVault(), SampleState.full());
  private Instant time = Instant.parse("2026-03-01T12:00:00Z");
  private boolean isOffline;
  private McaService service = started();

  /** What is written shows in the state. */
  private static final class NoVault implements Vault {
    @Override
    public Optional<NodeState> read() {
      return Optional.empty();
    }

    @Override
    public void write(NodeState state) {}
  }

  private McaService started() {
    return new McaService(
        () -> keeper,
        new ServerClock(() -> time, new Random(1)),
        this::registrar,
        () -> TrafficMeter.Reading.ZERO,
        Runnable::run,
        (request, answer, duration, traffic) -> {},
        enrolment -> {},
        Duration.ofSeconds(25));
  }

  private CompletionStage<ResponsePrimitive> registrar(RequestPrimitive request) {
    if (isOffline) {
      return CompletableFuture.failedFuture(Refusal.NOT_REACHABLE.of("security association"));
    }
    asked.add(request.to());
    if (request.operation() == Operation.CREATE) {
      Attributes announced = Attributes.builder().put("ri", "S17").build();
      return CompletableFuture.completedFuture(
          ResponsePrimitive.of(
              ResponseStatusCode.CREATED,
              request.requestId(),
              Representation.of("m2m:aeA", announced)));
    }
    assertThat(request.from()).contains("/asn-0123456789ab");
    return CompletableFuture.completedFuture(
        Optional.ofNullable(provider.get(request.to()))
            .map(found -> ResponsePrimitive.of(ResponseStatusCode.OK, request.requestId(), found))
            .orElseGet(
                () -> ResponsePrimitive.of(ResponseStatusCode.NOT_FOUND, request.requestId())));
  }

  private void node(String... links) {
    Attributes node = Attributes.builder().put("rlk", List.of(links)).build();
    provider.put(NODE, Representation.of("m2m:svsn", node));
  }

  private void rule(String address, String app, String ae, String... credentials) {
    Attributes.Builder rule = Attributes.builder().put("aai", List.of(app)).put("aae", List.of(ae));
    if (credentials.length > 0) {
      rule.put("apci", List.of(credentials));
    }
    provider.put(address, Representation.of("m2m:asar", rule.build()));
  }

  private ResponsePrimitive register(String from, String app) throws Exception {
    return register(from, app, ReleaseVersion.RELEASE_3);
  }

  private ResponsePrimitive register(String from, String app, ReleaseVersion release)
      throws Exception {
    Attributes ae =
        Attributes.builder().put("api", app).put("rr", false).put("srv", List.of("3")).build();
    RequestPrimitive.Builder request =
        RequestPrimitive.builder(Operation.CREATE, "cse-asn", "r1")
            .resourceType(2)
            .releaseVersion(release)
            .content(Representation.of("m2m:ae", ae));
    if (!from.isEmpty()) {
      request.from(from);
    }
    return service
        .handle(
            new RequestHandler.Inbound(
                request.build(),
                Optional.empty(),
                InetSocketAddress.createUnresolved("localhost", 1),
                true))
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  private int status(String from, String app) throws Exception {
    return register(from, app).status().code();
  }

  @Test
  @DisplayName("TS-0004 7.3.2.7: the linked rules decide; what is implied for others is not read")
  void theLinkedRulesDecide() throws Exception {
    node("/id-in/cse-in/implied.Spump", METERS);
    rule(METERS, "Nmeter", "C12*");

    ResponsePrimitive registered = register("C", "Nmeter");

    assertThat(registered.status()).isEqualTo(ResponseStatusCode.CREATED);
    assertThat(registered.content().orElseThrow().attributes().text("aei"))
        .hasValueSatisfying(stem -> assertThat(stem).startsWith("C12").hasSizeGreaterThan(3));
    assertThat(asked).containsExactly(NODE, METERS);
    assertThat(status("Cother", "Nmeter")).isEqualTo(4126);
    assertThat(status("C121", "Nother")).isEqualTo(4126);
    assertThat(register("C121", "Nother", ReleaseVersion.RELEASE_2A).status().code())
        .isEqualTo(4107);
  }

  @Test
  @DisplayName("TS-0004 7.3.2.7: without a <serviceSubscribedNode>, or without a rule, nobody")
  void withoutRulesNobodyRegisters() throws Exception {
    assertThat(status("C1", "Nmeter")).isEqualTo(4128);

    time = time.plusSeconds(30);
    node("/id-in/cse-in/gone");

    assertThat(status("C1", "Nmeter")).isEqualTo(4126);
  }

  @Test
  void whileTheProviderWroteNoneEverybodyRegisters() throws Exception {
    provider.put(
        NODE,
        Representation.of(
            "m2m:svsn", Attributes.builder().put("lbl", List.of(Profile.LABEL_OF_NONE)).build()));

    assertThat(status("C1", "Nmeter")).isEqualTo(2001);
  }

  @Test
  void itsWordCountsForHalfAMinute() throws Exception {
    node(METERS);
    rule(METERS, "Nmeter", "C*");
    register("C1", "Nmeter");
    asked.clear();

    time = time.plusSeconds(29);
    rule(METERS, "Nother", "C*");
    assertThat(status("C2", "Nmeter")).isEqualTo(2001);
    assertThat(asked).isEmpty();

    time = time.plusSeconds(1);
    assertThat(status("C3", "Nmeter")).isEqualTo(4126);
    assertThat(asked).containsExactly(NODE, METERS);
  }

  @Test
  @DisplayName("TS-0001 11.3.2: a node that is offline goes by what it was told, also restarted")
  void offlineItGoesByWhatItWasTold() throws Exception {
    node(METERS);
    rule(METERS, "Nmeter", "C*");
    register("C1", "Nmeter");

    isOffline = true;
    time = time.plusSeconds(600);
    service = started();

    assertThat(status("C2", "Nmeter")).isEqualTo(2001);
    assertThat(status("C3", "Nother")).isEqualTo(4126);
  }

  @Test
  void aNodeThatWasNeverToldAnythingServesItsApplications() throws Exception {
    isOffline = true;

    assertThat(status("C1", "Nmeter")).isEqualTo(2001);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 001: the Ka of an associated instance is its credential")
  void anAssociatedInstanceRegistersByItsKa() throws Exception {
    AppInstance instance =
        SampleApplications.associated("C1", KeyIdentifier.parse("km@maf.sp.example.org"));
    keeper.update(
        state -> state.toBuilder().appInstances(AppInstances.NONE.with(instance)).build());
    KeyIdentifier ka = instance.key().orElseThrow().id();
    String implied = "/id-in/cse-in/implied." + ka.relative().toLowerCase(Locale.ROOT);
    node(implied);
    rule(implied, "Nmeter", "C1", "11-" + ka);

    assertThat(status("C2", "Nmeter")).isEqualTo(4126);
    assertThat(status("C1", "Nmeter")).isEqualTo(2001);
  }

  @Test
  @DisplayName("TS-0001 10.2.2.2 step 003-3: without From the rules say whose stem it is")
  void whereStemsOfTheProvidersAloneAreAllowedOneIsAskedFor() throws Exception {
    node(METERS);
    rule(METERS, "Nmeter", "S*");

    assertThat(register("", "Nmeter").content().orElseThrow().attributes().text("aei"))
        .contains("S17");
    assertThat(asked).containsExactly(NODE, METERS, "/id-in/-");
  }
}
