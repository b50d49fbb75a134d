// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.association;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mooring.asn.enrolment.Exchange;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResponseStatusCode;

/** What an answer 4107 does to the session that it came over. */
class AssociationLinkTest {
  private static final SpId SP = SpId.parse("//sp.example.org");
  private static final CseId REGISTRAR = new CseId("//sp.example.org/id-in");

  private final List<Throwable> lost = new ArrayList<>();

  private AssociationLink link(EntityId client, EntityId peer) {
    Exchange exchange = new Exchange(new Refusing(), Runnable::run);
    return new AssociationLink(
        exchange,
        () -> exchange,
        KeyIdentifier.parse("kc@maf.sp.example.org"),
        new AssociationEnds(SP, client, peer),
        lost::add);
  }

  private void send(AssociationLink link, String to, String from) {
    RequestPrimitive request =
        RequestPrimitive.builder(Operation.RETRIEVE, to, "r1").from(from).build();
    assertThat(link.send(request).toCompletableFuture())
        .isCompletedWithValueMatching(
            answer -> answer.status() == ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "/id-in/-, /mn-1",
    "/id-in, ''",
    "//sp.example.org/id-in/cse-in/mn-1, //sp.example.org/mn-1",
    "cse-in/mn-1, /mn-1",
    "/id-in/-/mn-1/data, /mn-1/Cflow"
  })
  void theRegistrarMayAskForANewOne(String to, String from) {
    send(link(new CseId("/mn-1"), REGISTRAR), to, from);

    assertThat(lost).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "/asn-7/-, /mn-1",
    "/asn-7/-, /mn-1/Cflow",
    "/id-in-2/-, /mn-1",
    "//sp.example.org/asn-7/-, /mn-1",
    "//other.example.org/id-in/-, /mn-1",
    "/S1/notify, /mn-1"
  })
  void anotherCseMayNot(String to, String from) {
    send(link(new CseId("/mn-1"), REGISTRAR), to, from);

    assertThat(lost).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/id-in/-, /asn-7",
    "/id-in/-, /asn-7/Cpump",
    "cse-in/mn-1, //other.example.org/mn-1",
    "/id-in/-, /S1",
    "/id-in/-, /mn-12"
  })
  void norCanItBeProvokedByWhoseRequestsAreSentOn(String to, String from) {
    send(link(new CseId("/mn-1"), REGISTRAR), to, from);

    assertThat(lost).isEmpty();
  }

  @Test
  void anAssociationWithAnotherEntityEndsAtThatOnesWordAlone() {
    AssociationLink link = link(new CseId("/asn-7"), new AeId("//sp.example.org/asn-8/Cdisplay"));

    send(link, "/id-in/-", "/asn-7/Cpump");
    send(link, "/asn-8/-", "/asn-7/Cpump");
    assertThat(lost).isEmpty();

    send(link, "/asn-8/Cdisplay", "/asn-7/Cpump");
    assertThat(lost).hasSize(1);
  }

  /** A far end that asks for another association whatever it hears. */
  private static final class Refusing extends FakeEndpoint {
    @Override
    public CompletionStage<ResponsePrimitive> send(RequestPrimitive request) {
      return CompletableFuture.completedFuture(
          ResponsePrimitive.of(
              ResponseStatusCode.SECURITY_ASSOCIATION_REQUIRED, request.requestId()));
    }
  }
}
