// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.MethodOffer;
import org.mooring.common.resource.MethodOffer.Offered;
import org.mooring.common.resource.MethodOrder;

class MethodPolicyPropertyTest {
  /** A session within which a node registers. */
  record Case(
      MethodPolicy policy,
      EnrolmentMethod method,
      MethodOffer offer,
      Optional<EnrolmentMethod> minimum,
      Set<EnrolmentMethod> available) {
    MethodDecision decision() {
      return policy.decide(method, offer, minimum, available);
    }

    int place(EnrolmentMethod one) {
      return policy.accepted().placeOf(one);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<EnrolmentMethod> method = Arbitraries.of(EnrolmentMethod.class);
    Arbitrary<MethodPolicy> policy =
        method.list().uniqueElements().ofMinSize(1).map(MethodOrder::new).map(MethodPolicy::new);
    Arbitrary<MethodOffer> offer =
        Combinators.combine(
                method.list().uniqueElements(), Arbitraries.of(true, false).list().ofSize(4))
            .as(MethodPolicyPropertyTest::offer);
    return Combinators.combine(policy, method, offer, method.optional(), method.set())
        .as(Case::new);
  }

  private static MethodOffer offer(List<EnrolmentMethod> methods, List<Boolean> refused) {
    return new MethodOffer(
        methods.stream().map(one -> new Offered(one, refused.get(methods.indexOf(one)))).toList());
  }

  @Property
  void nothingThatANodeSaysLetsItBelowThePolicy(@ForAll("cases") Case one) {
    boolean isBarred =
        one.place(one.method()) < 0
            || one.minimum()
                .filter(least -> one.place(least) < one.place(one.method()))
                .isPresent();

    if (isBarred) {
      assertThat(one.decision())
          .isInstanceOf(MethodDecision.Refused.class)
          .isNotInstanceOf(MethodDecision.Preferred.class);
    }
  }

  @Property
  void aNodeIsSentOnlyToWhatItHasHereAndIsTaken(@ForAll("cases") Case one) {
    if (one.decision() instanceof MethodDecision.Preferred better) {
      EnrolmentMethod wanted = better.preferred();
      assertThat(one.place(wanted)).isBetween(0, one.place(one.method()) - 1);
      assertThat(one.available()).contains(wanted);
      assertThat(one.offer().isOpen(wanted)).isTrue();
      assertThat(one.policy().obstacle(wanted, one.minimum())).isEmpty();
    }
  }

  /** A node that follows each refusal comes to an end, for the methods get better and better. */
  @Property
  void whoFollowsTheRefusalsGetsIn(@ForAll("cases") Case one) {
    if (one.decision() instanceof MethodDecision.Preferred better) {
      Case next =
          new Case(one.policy(), better.preferred(), one.offer(), one.minimum(), one.available());
      assertThat(next.decision()).isNotInstanceOf(MethodDecision.Refused.class);
    }
  }

  @Property
  void aRefusedPreferredMethodNeverPassesInSilence(@ForAll("cases") Case one) {
    boolean wasRefused =
        one.offer().methods().stream()
            .anyMatch(
                offered ->
                    offered.refused()
                        && one.place(offered.method()) >= 0
                        && one.place(offered.method()) < one.place(one.method()));

    if (wasRefused) {
      assertThat(one.decision()).isNotEqualTo(new MethodDecision.Accepted());
    }
  }
}
