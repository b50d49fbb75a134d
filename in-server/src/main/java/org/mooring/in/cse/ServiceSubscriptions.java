// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.AeId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.resource.CseResources;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.subscription.AeRegistration;
import org.mooring.in.subscription.AppRule;
import org.mooring.in.subscription.Decision;
import org.mooring.in.subscription.Profile;
import org.mooring.in.subscription.SubscriptionCheck;
import org.mooring.in.subscription.Wildcard;

/**
 * What the resources of the service subscriptions say of this CSE as a registrar (TS-0004 clause
 * 7.3.2.7). They are found by index, the rules by their links.
 */
public final class ServiceSubscriptions {
  /** Of one CSE, in as many profiles: more are not looked at. */
  private static final int MOST_NODES = 100;

  private static final int PROFILE = CseResources.SERVICE_SUBSCRIPTION_PROFILE.code();
  private static final int NODE = CseResources.SUBSCRIBED_NODE.code();
  private static final int RULE = CseResources.SUBSCRIBED_APP_RULE.code();

  private final ServiceProvider provider;
  private final AddressResolver addresses;

  public ServiceSubscriptions(ServiceProvider provider) {
    this.provider = provider;
    this.addresses = new AddressResolver(provider, new TypeCatalogue(CseResources.TABLE, Map.of()));
  }

  /** Whether an AE may register here as things stand. */
  public Decision decide(CseStore store, AeRegistration registration) {
    return SubscriptionCheck.decide(registration, profile(store.resources()));
  }

  /**
   * The stem that a decision grants, where nothing of it is left to be made up and it is in use.
   */
  public Optional<AeId> stemInUse(CseStore store, Decision decision) {
    return decision
        .grant()
        .filter(grant -> !grant.isOpen())
        .map(grant -> new AeId(grant.stem("")))
        .filter(stem -> store.resources().byId(stem.value()).isPresent());
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

  /**
   * How a decision is told to an originator of a release (TS-0004 clause 7.3.2.7); empty for one
   * that lets the AE in.
   */
  public static Optional<Refusal> refusal(Decision decision, ReleaseVersion release) {
    boolean isEarlier = isEarlier(release);
    return switch (decision.outcome()) {
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

  /** What is said of this CSE. */
  private Profile profile(ResourceRepository resources) {
    List<Resource> nodes = resources.ofCse(NODE, provider.cse(), MOST_NODES);
    if (nodes.isEmpty()) {
      return isAnyWritten(resources)
          ? new Profile.NotEstablished()
          : Profile.ofProviderWithoutOne();
    }
    Set<String> links = new LinkedHashSet<>();
    nodes.forEach(node -> links.addAll(node.attributes().texts("rlk")));
    List<AppRule> rules = new ArrayList<>();
    List<String> deadLinks = new ArrayList<>();
    for (String link : links) {
      rule(resources, link).ifPresentOrElse(rules::add, () -> deadLinks.add(link));
    }
    return new Profile.Linked(rules, deadLinks);
  }

  /** Whether the provider wrote a profile at all. */
  private boolean isAnyWritten(ResourceRepository resources) {
    return resources.newest(provider.cse().stem(), PROFILE).isPresent();
  }

  private Optional<AppRule> rule(ResourceRepository resources, String link) {
    try {
      return addresses.resolve(resources, link, false) instanceof Target.Hosted hosted
              && hosted.resource().type() == RULE
          ? Optional.of(rule(hosted.resource()))
          : Optional.empty();
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static AppRule rule(Resource resource) {
    Attributes attributes = resource.attributes();
    return new AppRule(
        resource.path(),
        wildcards(attributes.texts("apci")),
        wildcards(attributes.texts("aai")),
        wildcards(attributes.texts("aae")));
  }

  private static List<Wildcard> wildcards(List<String> texts) {
    return texts.stream().map(Wildcard::new).toList();
  }
}
