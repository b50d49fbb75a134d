// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.common.resource.EnrolmentMethod.CERTIFICATE;
import static org.mooring.common.resource.EnrolmentMethod.GBA;
import static org.mooring.common.resource.EnrolmentMethod.PSK;
import static org.mooring.common.resource.EnrolmentMethod.RPK;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;
import org.mooring.common.resource.MethodOffer.Offered;
import org.mooring.common.resource.MethodOrder;

/** What a provider's order of methods makes of a session's method and a node's offer. */
class MethodPolicyTest {
  private static final MethodOffer NONE = new MethodOffer(List.of());
  private static final Optional<EnrolmentMethod> ANY = Optional.empty();

  private final MethodPolicy policy = new MethodPolicy(MethodOrder.parse("certificate,gba,psk"));

  private static MethodOffer open(EnrolmentMethod... methods) {
    return new MethodOffer(Stream.of(methods).map(one -> new Offered(one, false)).toList());
  }

  private MethodDecision inPskSession(MethodOffer offer, EnrolmentMethod... available) {
    return policy.decide(PSK, offer, ANY, Set.of(available));
  }

  @Test
  void aMethodThatWasLeftOutIsNotTakenWhateverIsOffered() {
    assertThat(policy.decide(RPK, open(RPK), ANY, Set.of(RPK)))
        .isEqualTo(new MethodDecision.NotAccepted());
    assertThat(policy.obstacle(RPK, Optional.of(PSK))).contains(new MethodDecision.NotAccepted());
  }

  @Test
  void theMinimumBarsWhatStandsBehindIt() {
    assertThat(policy.obstacle(PSK, Optional.of(GBA)))
        .contains(new MethodDecision.BelowMinimum(GBA));
    assertThat(policy.obstacle(GBA, Optional.of(GBA))).isEmpty();
    assertThat(policy.obstacle(CERTIFICATE, Optional.of(GBA))).isEmpty();
    assertThat(policy.obstacle(PSK, ANY)).isEmpty();
  }

  @Test
  void aMinimumThatIsAcceptedNoLongerBarsAll() {
    for (EnrolmentMethod method : policy.accepted().methods()) {
      assertThat(policy.obstacle(method, Optional.of(RPK)))
          .contains(new MethodDecision.BelowMinimum(RPK));
    }
  }

  @Test
  void aNodeThatHasABetterMethodIsSentToIt() {
    assertThat(inPskSession(open(PSK, GBA, CERTIFICATE), PSK, GBA, CERTIFICATE))
        .isEqualTo(new MethodDecision.Preferred(CERTIFICATE));
    assertThat(inPskSession(open(PSK, GBA), PSK, GBA, CERTIFICATE))
        .as("the node does not say that it has a certificate")
        .isEqualTo(new MethodDecision.Preferred(GBA));
  }

  @Test
  void aBetterMethodThatOpensNothingHereIsNotWaitedFor() {
    assertThat(inPskSession(open(CERTIFICATE, PSK), PSK)).isEqualTo(new MethodDecision.Accepted());
  }

  @Test
  void aMethodThatIsNotAcceptedIsNobodysBetterOne() {
    assertThat(inPskSession(open(RPK, PSK), RPK, PSK)).isEqualTo(new MethodDecision.Accepted());
  }

  @Test
  void theNodesOwnOrderDoesNotCount() {
    assertThat(policy.decide(CERTIFICATE, open(PSK, CERTIFICATE), ANY, Set.of(PSK, CERTIFICATE)))
        .isEqualTo(new MethodDecision.Accepted());
  }

  @Test
  void withoutAnOfferAnAcceptedMethodWillDo() {
    assertThat(inPskSession(NONE, PSK, CERTIFICATE)).isEqualTo(new MethodDecision.Accepted());
  }

  @Test
  void aRefusedBetterMethodIsToldApart() {
    MethodOffer offer =
        new MethodOffer(List.of(new Offered(CERTIFICATE, true), new Offered(PSK, false)));

    assertThat(inPskSession(offer, PSK, CERTIFICATE))
        .isEqualTo(new MethodDecision.InsteadOf(CERTIFICATE, true));
    assertThat(inPskSession(offer, PSK))
        .as("the refusal was ours to give")
        .isEqualTo(new MethodDecision.InsteadOf(CERTIFICATE, false));
  }

  @Test
  void whereOneWasRefusedTheNextBetterOneIsWanted() {
    MethodOffer offer =
        new MethodOffer(
            List.of(
                new Offered(CERTIFICATE, true), new Offered(GBA, false), new Offered(PSK, false)));

    assertThat(inPskSession(offer, PSK, GBA, CERTIFICATE))
        .isEqualTo(new MethodDecision.Preferred(GBA));
  }
}
