// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.List;
import java.util.Optional;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.ReleaseVersion;

/**
 * Whether an AE may register, and by what that was decided.
 *
 * @param outcome the decision
 * @param findings of each rule that was looked at, in the order of the links; the last one decided
 *     where the AE may
 * @param deadLinks links that lead to no rule
 * @param grant the stem that it may have; empty where it may not register
 */
public record Decision(
    Outcome outcome, List<Finding> findings, List<String> deadLinks, Optional<StemGrant> grant) {
  public Decision {
    findings = List.copyOf(findings);
    deadLinks = List.copyOf(deadLinks);
  }

  /** What it came to. */
  public enum Outcome {
    ALLOWED,
    /** No service subscription covers the registrar CSE: 4128. */
    NO_SUBSCRIPTION,
    /** Nothing is linked: 4126. */
    NO_RULE,
    /** No linked rule allows this combination: 4126. */
    NO_MATCH;

    /**
     * How it is told to an originator of a release (TS-0004 clause 7.3.2.7); empty for one that
     * lets the AE in.
     */
    public Optional<Refusal> refusal(ReleaseVersion release) {
      boolean isEarlier = isEarlier(release);
      return switch (this) {
        case ALLOWED -> Optional.empty();
        case NO_SUBSCRIPTION ->
            Optional.of(
                isEarlier
                    ? Refusal.NO_SERVICE_SUBSCRIPTION_EARLIER_RELEASE
                    : Refusal.NO_SERVICE_SUBSCRIPTION);
        case NO_RULE, NO_MATCH ->
            Optional.of(
                isEarlier ? Refusal.APP_RULE_FAILED_EARLIER_RELEASE : Refusal.APP_RULE_FAILED);
      };
    }
  }

  public boolean isAllowed() {
    return outcome == Outcome.ALLOWED;
  }

  /** The rule that allows it. */
  public Optional<AppRule> rule() {
    return isAllowed() ? Optional.of(findings.get(findings.size() - 1).rule()) : Optional.empty();
  }

  /** How it is told to an originator of a release; empty for one that lets the AE in. */
  public Optional<Refusal> refusal(ReleaseVersion release) {
    return outcome.refusal(release);
  }

  /** How an originator of a release is told that it, or its stem, is registered already. */
  public static Refusal refusalOfRegistered(ReleaseVersion release) {
    return isEarlier(release)
        ? Refusal.ALREADY_REGISTERED_EARLIER_RELEASE
        : Refusal.ALREADY_REGISTERED;
  }

  private static boolean isEarlier(ReleaseVersion release) {
    return release != ReleaseVersion.RELEASE_3;
  }

  /** Why, in one line. */
  public String reason() {
    return switch (outcome) {
      case ALLOWED -> rule().orElseThrow().address() + " allows it";
      case NO_SUBSCRIPTION -> "no <serviceSubscribedNode> is of the registrar CSE";
      case NO_RULE ->
          deadLinks.isEmpty()
              ? "no rule is linked for the registrar CSE, and none implied for this credential and AE-ID"
              : "no link leads to a rule: " + String.join(", ", deadLinks);
      case NO_MATCH -> closest().reason();
    };
  }

  /** What an operator can change to have it allowed, in one line. */
  public String remedy() {
    return switch (outcome) {
      case ALLOWED -> "nothing: it is allowed";
      case NO_SUBSCRIPTION ->
          "link a rule: in-server subscription link PROFILE RULE, for another CSE than this one"
              + " with --node ID";
      case NO_RULE ->
          "write a rule and link it: in-server subscription rule RULE, then link PROFILE RULE";
      case NO_MATCH -> closest().remedy();
    };
  }

  /** Of the rules that do not match the one with the most elements that do, the first of these. */
  private Finding closest() {
    Finding closest = findings.get(0);
    for (Finding finding : findings) {
      if (finding.matches() > closest.matches()) {
        closest = finding;
      }
    }
    return closest;
  }
}
