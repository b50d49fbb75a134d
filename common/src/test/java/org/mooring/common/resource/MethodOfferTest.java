// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.resource.MethodOffer.Offered;

class MethodOfferTest {
  @Test
  void standsInTheLabelsInTheNodesOrder() {
    MethodOffer offer =
        new MethodOffer(
            List.of(
                new Offered(EnrolmentMethod.CERTIFICATE, true),
                new Offered(EnrolmentMethod.PSK, false)));

    assertThat(offer.labels())
        .containsExactly("enrolment-method:1:certificate:refused", "enrolment-method:2:psk");
    assertThat(offer.isOpen(EnrolmentMethod.PSK)).isTrue();
    assertThat(offer.isOpen(EnrolmentMethod.CERTIFICATE)).isFalse();
    assertThat(offer.isOpen(EnrolmentMethod.GBA)).isFalse();
  }

  @Test
  void labelsOfOtherThingsAreNoOffer() {
    assertThat(MethodOffer.from(List.of("site:north", "enrolment"))).isEmpty();
    assertThat(MethodOffer.from(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enrolment-method:2:psk",
        "enrolment-method:0:psk",
        "enrolment-method:1:telepathy",
        "enrolment-method:1:psk:silent",
        "enrolment-method:psk",
        "enrolment-method:1:PSK"
      })
  void anOfferThatIsNoneIsRefused(String label) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MethodOffer.from(List.of(label)))
        .withMessageStartingWith("enrolment-method: ");
  }

  @Test
  void aMethodOrAPlaceIsNamedOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> MethodOffer.from(List.of("enrolment-method:1:psk", "enrolment-method:2:psk")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> MethodOffer.from(List.of("enrolment-method:1:psk", "enrolment-method:1:gba")));
  }

  @Property(tries = 200)
  void survivesItsWayThroughLabelsInAnyOrder(
      @ForAll("offers") MethodOffer offer, @ForAll long seed) {
    List<String> labels = new ArrayList<>(offer.labels());
    labels.add("site:north");
    Collections.shuffle(labels, new Random(seed));

    assertThat(MethodOffer.from(labels)).contains(offer);
  }

  @Provide
  Arbitrary<MethodOffer> offers() {
    return Arbitraries.of(EnrolmentMethod.class)
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .flatMap(
            methods ->
                Arbitraries.of(true, false)
                    .list()
                    .ofSize(methods.size())
                    .map(refusals -> offer(methods, refusals)));
  }

  private static MethodOffer offer(List<EnrolmentMethod> methods, List<Boolean> refusals) {
    List<Offered> offered = new ArrayList<>();
    for (int i = 0; i < methods.size(); i++) {
      offered.add(new Offered(methods.get(i), refusals.get(i)));
    }
    return new MethodOffer(offered);
  }
}
