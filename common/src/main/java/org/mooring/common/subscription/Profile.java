// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.subscription;

import java.util.List;

/** What the service subscriptions say of one registrar CSE. */
public sealed interface Profile {
  /**
   * The label of a {@code <serviceSubscribedNode>} that the IN-CSE shows to its CSE while {@link
   * #ofProviderWithoutOne} holds: what is implied does not count then.
   */
  String LABEL_OF_NONE = "Service-Subscription:none";

  /** No {@code <serviceSubscribedNode>} of any profile is of this CSE. */
  record NotEstablished() implements Profile {}

  /**
   * The rules that are linked for this CSE.
   *
   * @param rules in the order of their links
   * @param deadLinks links that lead to no rule
   */
  record Linked(List<AppRule> rules, List<String> deadLinks) implements Profile {
    public Linked {
      rules = List.copyOf(rules);
      deadLinks = List.copyOf(deadLinks);
    }
  }

  /**
   * The provider wrote no service subscription at all: every application may register, with any
   * credential that gets this far and outside associations where requests are served there at all
   * ({@code --coap-mode open}). This is the one place that says so; the operator's first {@code
   * <m2mServiceSubscriptionProfile>} ends it.
   */
  static Profile ofProviderWithoutOne() {
    List<Wildcard> any = List.of(new Wildcard("*"));
    return new Linked(
        List.of(
            new AppRule("default for associations", any, any, any, RuleSource.DEFAULT),
            new AppRule("default outside associations", List.of(), any, any, RuleSource.DEFAULT)),
        List.of());
  }
}
