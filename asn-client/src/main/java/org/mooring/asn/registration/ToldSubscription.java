// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.registration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.AppRule;
import org.mooring.common.subscription.ImpliedNames;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.Wildcard;

/**
 * What the provider's service subscription says of this CSE as a registrar, as far as it was told.
 *
 * @param standing whether there is one
 * @param links ruleLinks of the {@code <serviceSubscribedNode>}
 * @param rules those that were retrieved, by their links
 */
public record ToldSubscription(Standing standing, List<String> links, Map<String, AppRule> rules) {
  private static final String STANDING = "standing";
  private static final String LINKS = "rlk";
  private static final String RULES = "rules";

  /** Of other links are looked at the first; the rest leads nowhere. */
  private static final int MOST_RULES = 100;

  public ToldSubscription {
    links = List.copyOf(links);
    rules = Map.copyOf(rules);
  }

  /** Whether there is a service subscription. */
  public enum Standing {
    /** The provider wrote none: every AE may register. */
    NONE_WRITTEN,
    /** It has no {@code <serviceSubscribedNode>} of this CSE. */
    NOT_ESTABLISHED,
    /** The linked rules decide. */
    LINKED
  }

  static ToldSubscription without(Standing standing) {
    return new ToldSubscription(standing, List.of(), Map.of());
  }

  /** What a registration is held against; a rule that was not retrieved counts as none. */
  public Profile profile(AeRegistration registration) {
    return switch (standing) {
      case NONE_WRITTEN -> Profile.ofProviderWithoutOne();
      case NOT_ESTABLISHED -> new Profile.NotEstablished();
      case LINKED -> linked(registration);
    };
  }

  private Profile linked(AeRegistration registration) {
    List<AppRule> found = new ArrayList<>();
    List<String> dead = new ArrayList<>();
    for (String link : concerning(registration)) {
      Optional.ofNullable(rules.get(link)).ifPresentOrElse(found::add, () -> dead.add(link));
    }
    return new Profile.Linked(found, dead);
  }

  /** The links that may lead to a rule for a registration: not to what is implied for others. */
  List<String> concerning(AeRegistration registration) {
    List<String> own = ImpliedNames.ofRules(registration);
    return links.stream()
        .filter(link -> !ImpliedNames.isOne(nameIn(link)) || own.contains(nameIn(link)))
        .limit(MOST_RULES)
        .toList();
  }

  private static String nameIn(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /** The rules as they are now; of those that nobody asked for again, as they were. */
  ToldSubscription over(Optional<ToldSubscription> earlier) {
    Map<String, AppRule> all = new LinkedHashMap<>();
    earlier.ifPresent(before -> all.putAll(before.rules));
    all.keySet().retainAll(links);
    all.putAll(rules);
    return new ToldSubscription(standing, links, all);
  }

  ToldSubscription withRule(String link, Optional<AppRule> rule) {
    Map<String, AppRule> all = new LinkedHashMap<>(rules);
    all.remove(link);
    rule.ifPresent(found -> all.put(link, found));
    return new ToldSubscription(standing, links, all);
  }

  /** To be kept over a restart. */
  public Attributes toAttributes() {
    Attributes.Builder kept = Attributes.builder();
    rules.forEach((link, rule) -> kept.put(link, attributes(rule)));
    return Attributes.builder()
        .put(STANDING, standing.name())
        .put(LINKS, links)
        .put(RULES, kept.build())
        .build();
  }

  /** What was kept; empty for attributes that are not of this form. */
  public static Optional<ToldSubscription> from(Attributes kept) {
    Map<String, AppRule> rules = new LinkedHashMap<>();
    Attributes members = kept.members(RULES).orElse(Attributes.NONE);
    members
        .names()
        .forEach(link -> members.members(link).ifPresent(one -> rules.put(link, rule(link, one))));
    return kept.text(STANDING)
        .map(Standing::valueOf)
        .map(standing -> new ToldSubscription(standing, kept.texts(LINKS), rules));
  }

  static AppRule rule(String link, Attributes attributes) {
    return AppRule.of(link, attributes, ImpliedNames.sourceOf(nameIn(link)));
  }

  private static Attributes attributes(AppRule rule) {
    return Attributes.builder()
        .put("apci", texts(rule.credentials()))
        .put("aai", texts(rule.apps()))
        .put("aae", texts(rule.aes()))
        .build();
  }

  private static List<String> texts(List<Wildcard> elements) {
    return elements.stream().map(Wildcard::text).toList();
  }
}
