// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.mca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.asn.enrolment.ServerClock;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.SampleState;
import org.mooring.asn.vault.StateKeeper;
import org.mooring.asn.vault.Vault;
import org.mooring.common.dtls.RequestHandler;
import org.mooring.common.dtls.TrafficMeter;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/**
 * What the registrar sends over the association: {@code Cdemo} is registered as {@code demo} in the
 * sample state, whose CSE is {@code /asn-0123456789ab}.
 */
class RegistrarRequestsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String OWN = "/asn-0123456789ab";

  private final StateKeeper keeper =
      new StateKeeper(
          new Vault() {
            @Override
            public Optional<NodeState> read() {
              return Optional.empty();
            }

            @Override
            public void write(NodeState state) {}
          },
          SampleState.full());
  private final RequestHandler served =
      new McaService(
              () -> keeper,
              new ServerClock(InstantSource.fixed(NOW), new Random(1)),
              request -> CompletableFuture.failedFuture(new AssertionError("sent back")),
              () -> TrafficMeter.Reading.ZERO,
              Runnable::run,
              (asked, answer, duration, traffic) -> {},
              enrolment -> {})
          .ofRegistrar();

  private ResponsePrimitive ask(RequestPrimitive request) {
    return served
        .handle(
            new RequestHandler.Inbound(
                request, Optional.empty(), InetSocketAddress.createUnresolved("in", 1), true))
        .toCompletableFuture()
        .join();
  }

  private static RequestPrimitive.Builder request(Operation operation, String to, String from) {
    return RequestPrimitive.builder(operation, to, "r1").from(from);
  }

  private void assertRefused(Refusal refusal, RequestPrimitive.Builder request) {
    assertThatThrownBy(() -> ask(request.build()))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            RefusedException.class, told -> assertThat(told.refusal()).isEqualTo(refusal));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/-", "/cse-asn"})
  void whoeverIsRegisteredAboveMayRetrieveTheCseBase(String base) {
    ResponsePrimitive answer =
        ask(request(Operation.RETRIEVE, OWN + base, "/id-in/Cwatch").build());

    assertThat(answer.status()).isEqualTo(ResponseStatusCode.OK);
    assertThat(answer.content().orElseThrow().attributes().text("csi")).contains(OWN);
  }

  @ParameterizedTest
  @CsvSource({"RETRIEVE", "DELETE"})
  void anAeIsItsOwnAlone(Operation operation) {
    assertRefused(Refusal.NO_PRIVILEGE, request(operation, OWN + "/-/demo", "/id-in/Cwatch"));
    assertRefused(Refusal.NO_PRIVILEGE, request(operation, OWN + "/Cdemo", "/mn-1"));
    assertThat(keeper.state().applications()).containsKey("Cdemo");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/asn-0123456789ab",
        "/asn-0123456789ab/Cdemo",
        "//sp.example.org/asn-0123456789ab/Cdemo",
        "Cdemo"
      })
  void theRegistrarDoesNotSpeakForThoseThatAreRegisteredHere(String from) {
    assertRefused(Refusal.WRONG_ORIGINATOR, request(Operation.DELETE, OWN + "/-/demo", from));
    assertThat(keeper.state().applications()).containsKey("Cdemo");
  }

  @Test
  void withoutFromNothingIsAnswered() {
    assertRefused(
        Refusal.MISSING_PARAMETER, RequestPrimitive.builder(Operation.RETRIEVE, OWN + "/-", "r1"));
  }

  @Test
  void nobodyRegistersFromAfar() {
    Attributes ae =
        Attributes.builder().put("api", "Nexample").put("rr", false).put("srv", "3").build();
    assertRefused(
        Refusal.REGISTRATION_THROUGH_TRANSIT,
        request(Operation.CREATE, OWN + "/-", "/id-in/Cwatch")
            .resourceType(2)
            .content(Representation.of("m2m:ae", ae)));
  }

  @Test
  void nothingGoesBackToTheRegistrar() {
    assertRefused(
        Refusal.NO_SUCH_RESOURCE, request(Operation.RETRIEVE, "/id-in/-", "/id-in/Cwatch"));
    assertRefused(
        Refusal.NO_PRIVILEGE, request(Operation.RETRIEVE, OWN + "/-/id-in", "/id-in/Cwatch"));
  }

  @Test
  void whatExpiredOnTheWayIsNotDone() {
    assertRefused(
        Refusal.REQUEST_EXPIRED,
        request(Operation.RETRIEVE, OWN + "/-", "/id-in/Cwatch")
            .requestExpiration(NOW.minus(Duration.ofDays(1))));
  }
}
