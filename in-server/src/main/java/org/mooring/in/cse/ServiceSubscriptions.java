// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.CseResources;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.AppRule;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.Profile;
import org.mooring.common.subscription.RuleSource;
import org.mooring.common.subscription.SubscriptionCheck;
import org.mooring.in.provider.ServiceProvider;

/**
 * What the resources of the service subscriptions say of a CSE as a registrar (TS-0004 clause
 * 7.3.2.7): this one, or another below it. They are found by index, the operator's rules by their
 * links, implied ones by the credential and AE-ID of the registration.
 */
public final class ServiceSubscriptions {
  /** Of one CSE, in as many profiles: more are not looked at. */
  private static final int MOST_NODES = 100;

  /** Links of one implied node, as they are shown: no look-up goes by them. */
  private static final int MOST_IMPLIED = 1000;

  private static final int PROFILE = CseResources.SERVICE_SUBSCRIPTION_PROFILE.code();
  private static final int NODE = CseResources.SUBSCRIBED_NODE.code();
  private static final int RULE = CseResources.SUBSCRIBED_APP_RULE.code();
  private static final String RULE_LINKS = "rlk";

  /** The label of a rule whose AEs roam, for which the standard has no attribute. */
  public static final String ROAMING = "Roaming-AE";

  private final ServiceProvider provider;
  private final AddressResolver addresses;

  public ServiceSubscriptions(ServiceProvider provider) {
    this.provider = provider;
    this.addresses =
        new AddressResolver(provider, new TypeCatalogue(CseResources.table(), Map.of()));
  }

  /**
   * Whether an AE may register with a CSE as things stand.
   *
   * @param registrar its SP-relative CSE-ID
   */
  public Decision decide(CseStore store, CseId registrar, AeRegistration registration) {
    return SubscriptionCheck.decide(registration, profile(store, registrar, registration));
  }

  /**
   * Who has the stem that a decision grants, in one line; empty where nobody has it, part of it is
   * left to be made up, or the AE may move with it. It may do so by a rule that the provider wrote,
   * and not because none is written: everybody could then take everybody's stem.
   *
   * @param registrar with which the AE would register, SP-relative
   */
  public Optional<String> againstStem(CseStore store, CseId registrar, Decision decision) {
    return decision
        .grant()
        .filter(grant -> !grant.isOpen())
        .map(grant -> new AeId(grant.stem("")))
        .flatMap(stem -> holder(store, registrar, stem));
  }

  private Optional<String> holder(CseStore store, CseId registrar, AeId stem) {
    boolean mayMove = isAnyWritten(store.resources());
    Optional<Resource> found = store.resources().byId(stem.value());
    if (found.isPresent()) {
      String former = found.get().provenance().creator();
      boolean isAnnounced = found.get().type() == CseResources.AE_ANNC.code();
      boolean isFree = isAnnounced && (mayMove || former.equals(registrar.value()));
      return isFree
          ? Optional.empty()
          : Optional.of(isAnnounced ? former + " announces " + stem : stem + " is registered");
    }
    boolean isAnothers =
        !registrar.equals(provider.cse())
            && !mayMove
            && !stem.isAssignedByCse()
            && !isRegistrarOf(store, registrar, stem);
    return isAnothers && store.isEnrolled(stem.spRelative())
        ? Optional.of(stem + " is an enrolled application")
        : Optional.empty();
  }

  /** Whether an application was enrolled to register with a CSE. */
  private boolean isRegistrarOf(CseStore store, CseId registrar, AeId stem) {
    return store
        .registrarOf(stem.absolute(provider.sp()))
        .filter(named -> named.isSameAs(registrar, provider.sp()))
        .isPresent();
  }

  /** What is said of a registrar, as far as this registration is concerned. */
  private Profile profile(CseStore store, CseId registrar, AeRegistration registration) {
    ResourceRepository resources = store.resources();
    List<Resource> nodes = resources.ofCse(NODE, registrar, MOST_NODES);
    boolean isOperators = !nodes.stream().allMatch(ImpliedResources::isImplied);
    if (!isOperators && !isAnyWritten(resources)) {
      return Profile.ofProviderWithoutOne();
    }
    List<Resource> implied = ImpliedResources.rulesFor(resources, registrar, registration);
    if (nodes.isEmpty() && implied.isEmpty()) {
      return new Profile.NotEstablished();
    }
    Set<String> links = new LinkedHashSet<>();
    nodes.forEach(node -> links.addAll(node.attributes().texts(RULE_LINKS)));
    List<AppRule> rules = new ArrayList<>();
    List<String> deadLinks = new ArrayList<>();
    for (String link : links) {
      linked(resources, link)
          .ifPresentOrElse(found -> rules.add(rule(found)), () -> deadLinks.add(link));
    }
    implied.forEach(rule -> rules.add(rule(current(store, rule))));
    return new Profile.Linked(rules, deadLinks);
  }

  /**
   * The roles that requests of an AE may name, by the rules of its registrar that it matches.
   *
   * @param registrar SP-relative
   * @param registration the AE as it is registered there
   */
  Set<String> roles(CseStore store, CseId registrar, AeRegistration registration) {
    ResourceRepository resources = store.resources();
    Stream<Resource> linked =
        resources.ofCse(NODE, registrar, MOST_NODES).stream()
            .flatMap(node -> node.attributes().texts(RULE_LINKS).stream())
            .distinct()
            .flatMap(link -> linked(resources, link).stream());
    Stream<Resource> implied =
        ImpliedResources.rulesFor(resources, registrar, registration).stream()
            .map(rule -> current(store, rule));
    return roles(
        Stream.concat(linked, implied)
            .filter(
                rule ->
                    SubscriptionCheck.decide(
                            registration, new Profile.Linked(List.of(rule(rule)), List.of()))
                        .isAllowed()));
  }

  /**
   * The roles that requests of an instance may name that another CSE is the registrar of: those
   * that the token approves by which it is associated.
   */
  Set<String> rolesOfInstance(ResourceRepository resources, AeId instance) {
    return roles(rulesOfInstance(resources, instance));
  }

  /** The default access policy of the newest of these tokens, as an address. */
  Optional<String> accessPolicyOf(ResourceRepository resources, AeId instance) {
    return rulesOfInstance(resources, instance)
        .max(Comparator.comparing(rule -> rule.times().created()))
        .flatMap(ImpliedResources::accessPolicyOf);
  }

  /** The rules that the associations of an instance implied. */
  private static Stream<Resource> rulesOfInstance(ResourceRepository resources, AeId instance) {
    return resources.ofCse(RULE, instance.registrar().spRelative(), MOST_IMPLIED).stream()
        .filter(rule -> ImpliedResources.source(rule) == RuleSource.ASSOCIATION)
        .filter(rule -> rule.attributes().texts("aae").contains(instance.stem()));
  }

  private static Set<String> roles(Stream<Resource> rules) {
    return rules
        .flatMap(rule -> rule.attributes().texts("ari").stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether the operator wrote a profile at all. */
  boolean isAnyWritten(ResourceRepository resources) {
    return resources.children(provider.cse().stem(), PROFILE, 2).stream()
        .anyMatch(profile -> !ImpliedResources.isImplied(profile));
  }

  /** The {@code <serviceSubscribedNode>}s of an enrolee, 100 at most. */
  public static List<Resource> nodesOf(ResourceRepository resources, EntityId enrolee) {
    return resources.ofCse(NODE, enrolee, MOST_NODES);
  }

  /**
   * The rules that enrolment and application association implied for a CSE or an AE of an enrolee,
   * 1,000 at most.
   */
  public static List<Resource> impliedFor(ResourceRepository resources, EntityId enrolee) {
    return enrolee instanceof AeId ae
        ? ImpliedResources.ruleOf(resources, ae).stream().toList()
        : resources.ofCse(RULE, enrolee, MOST_IMPLIED);
  }

  /** A rule with the credentials that it names at the moment, where they are implied. */
  public Resource current(CseStore store, Resource rule) {
    return ImpliedResources.current(store, rule, provider.sp());
  }

  /** Where a profile, node or rule came from. */
  public static RuleSource sourceOf(Resource resource) {
    return ImpliedResources.source(resource);
  }

  /** The token by which an instance was associated that a rule is for; empty for other rules. */
  public static Optional<String> tokenOf(Resource rule) {
    return ImpliedResources.tokenOf(rule);
  }

  /** The default access policy of that instance; empty where its token has none. */
  public static Optional<String> accessPolicyOf(Resource rule) {
    return ImpliedResources.accessPolicyOf(rule);
  }

  /**
   * The links of a node to its rules (ruleLinks), SP-relative where they are implied; then 1,000 at
   * most.
   *
   * @param own the SP-relative CSE-ID of the CSE that hosts them
   */
  public static List<String> links(ResourceRepository resources, Resource node, CseId own) {
    if (!ImpliedResources.isImplied(node)) {
      return node.attributes().texts(RULE_LINKS);
    }
    return node.attributes().text("csi").stream()
        .flatMap(csi -> resources.ofCse(RULE, new CseId(csi), MOST_IMPLIED).stream())
        .map(rule -> own + "/" + rule.path())
        .toList();
  }

  /**
   * What is told to a registrar with its implied node: the links to all rules that count for it,
   * from every profile, SP-relative where they lead to one; implied ones 1,000 at most.
   *
   * @param registrar its SP-relative CSE-ID
   */
  List<String> linksFor(ResourceRepository resources, CseId registrar) {
    return resources.ofCse(NODE, registrar, MOST_NODES).stream()
        .flatMap(node -> fromOutside(resources, node).stream())
        .distinct()
        .toList();
  }

  private List<String> fromOutside(ResourceRepository resources, Resource node) {
    List<String> links = links(resources, node, provider.cse());
    return ImpliedResources.isImplied(node)
        ? links
        : links.stream()
            .map(link -> linked(resources, link).map(this::addressOf).orElse(link))
            .toList();
  }

  private String addressOf(Resource rule) {
    return provider.cse() + "/" + rule.path();
  }

  /**
   * Whether a rule is one of a registrar's: implied for it, or linked.
   *
   * @param registrar its SP-relative CSE-ID
   */
  boolean isFor(ResourceRepository resources, CseId registrar, Resource rule) {
    if (ImpliedResources.isImplied(rule)) {
      return rule.provenance().registree().equals(registrar.value());
    }
    return resources.ofCse(NODE, registrar, MOST_NODES).stream()
        .flatMap(node -> node.attributes().texts(RULE_LINKS).stream())
        .flatMap(link -> linked(resources, link).stream())
        .anyMatch(linked -> linked.id().equals(rule.id()));
  }

  /**
   * Whether a stem that a rule names in full is one AE, wherever the rule is linked. Any other rule
   * may be a fleet's, of which each node has such an AE.
   */
  public static boolean isRoaming(Resource rule) {
    return rule.attributes().texts("lbl").contains(ROAMING) && !ImpliedResources.isImplied(rule);
  }

  /**
   * The operator's rules for a registrar that name a stem in full as that of an AE that roams, by
   * their resourceIDs. Of an instance, be it one that has ended, those for its application: which
   * App-Inst-ID one of another has, nobody but its node decides.
   *
   * @param ae SP-relative, with its registrar
   */
  Set<String> roamingRules(CseStore store, AeId ae) {
    ResourceRepository resources = store.resources();
    Optional<AppId> application = store.applicationOf(ae.absolute(provider.sp()));
    Set<String> roaming = new LinkedHashSet<>();
    resources.ofCse(NODE, ae.registrar(), MOST_NODES).stream()
        .flatMap(node -> node.attributes().texts(RULE_LINKS).stream())
        .distinct()
        .flatMap(link -> linked(resources, link).stream())
        .filter(ServiceSubscriptions::isRoaming)
        .filter(rule -> rule.attributes().texts("aae").contains(ae.stem()))
        .filter(rule -> application.map(one -> allows(rule, one)).orElse(true))
        .forEach(rule -> roaming.add(rule.id()));
    return roaming;
  }

  private static boolean allows(Resource rule, AppId application) {
    return rule(rule).apps().stream().anyMatch(app -> app.matches(application.value()));
  }

  private Optional<Resource> linked(ResourceRepository resources, String link) {
    try {
      return addresses.resolve(resources, link, false) instanceof Target.Hosted hosted
              && hosted.resource().type() == RULE
          ? Optional.of(hosted.resource())
          : Optional.empty();
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static AppRule rule(Resource resource) {
    return AppRule.of(resource.path(), resource.attributes(), ImpliedResources.source(resource));
  }
}
