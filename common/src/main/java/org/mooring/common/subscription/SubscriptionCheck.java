// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.common.subscription.Decision.Outcome;
import org.mooring.common.subscription.Finding.Comparison;
import org.mooring.common.subscription.Finding.Element;

/**
 * Holds the registration of an AE against the service subscription (TS-0004 clause 7.3.2.7, TS-0001
 * clause 10.2.2.2 step 003): one linked rule has to match its credential, its App-ID and its AE-ID.
 */
public final class SubscriptionCheck {
  private SubscriptionCheck() {}

  /** Decides; looks at the rules in their order and ends with the first that matches. */
  public static Decision decide(AeRegistration registration, Profile profile) {
    if (!(profile instanceof Profile.Linked linked)) {
      return refused(Outcome.NO_SUBSCRIPTION, List.of(), List.of());
    }
    if (linked.rules().isEmpty()) {
      return refused(Outcome.NO_RULE, List.of(), linked.deadLinks());
    }
    List<Finding> findings = new ArrayList<>();
    for (AppRule rule : linked.rules()) {
      Optional<StemGrant> grant = grant(registration, rule.aes());
      Finding finding = finding(registration, rule, grant);
      findings.add(finding);
      if (finding.isMatch()) {
        return new Decision(Outcome.ALLOWED, findings, linked.deadLinks(), grant);
      }
    }
    return refused(Outcome.NO_MATCH, findings, linked.deadLinks());
  }

  private static Decision refused(Outcome outcome, List<Finding> findings, List<String> deadLinks) {
    return new Decision(outcome, findings, deadLinks, Optional.empty());
  }

  private static Finding finding(
      AeRegistration registration, AppRule rule, Optional<StemGrant> grant) {
    String credential = registration.credential().map(CredentialId::value).orElse("");
    return new Finding(
        rule,
        List.of(
            new Comparison(
                Element.CREDENTIAL,
                credential,
                rule.credentials(),
                credential.isEmpty() ? Optional.empty() : matching(credential, rule.credentials())),
            new Comparison(
                Element.APP_ID,
                registration.appId(),
                rule.apps(),
                matching(registration.appId(), rule.apps())),
            new Comparison(
                Element.AE_ID,
                registration.from(),
                rule.aes(),
                grant.map(by -> given(registration, rule, by)))));
  }

  /** Which element of the rule a stem was granted by; a given stem is granted as it is. */
  private static Wildcard given(AeRegistration registration, AppRule rule, StemGrant grant) {
    return AeRegistration.asksForStem(registration.from())
        ? grant.pattern()
        : matching(registration.from(), rule.aes()).orElseThrow();
  }

  private static Optional<Wildcard> matching(String value, List<Wildcard> allowed) {
    return allowed.stream().filter(one -> one.matches(value)).findFirst();
  }

  private static Optional<StemGrant> grant(AeRegistration registration, List<Wildcard> aes) {
    String from = registration.from();
    if (!AeRegistration.asksForStem(from)) {
      return matching(from, aes).map(by -> new StemGrant(new Wildcard(from), from.charAt(0)));
    }
    return registration.letters().stream()
        .flatMap(letter -> assignable(letter, aes).stream())
        .findFirst();
  }

  /** A pattern that leaves a stem to be made up is better than one stem that may be in use. */
  private static Optional<StemGrant> assignable(char letter, List<Wildcard> aes) {
    List<Wildcard> fitting = aes.stream().filter(one -> one.mayBeginWith(letter)).toList();
    return fitting.stream()
        .filter(one -> !one.isExact())
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .map(pattern -> new StemGrant(pattern, letter));
  }
}
