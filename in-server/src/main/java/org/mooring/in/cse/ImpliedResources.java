// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceType;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.CredentialId;
import org.mooring.common.subscription.ImpliedNames;
import org.mooring.common.subscription.RuleSource;
import org.mooring.in.subscription.AssociatedInstance;
import org.mooring.in.subscription.EnrolledEntity;
import org.mooring.in.subscription.ImpliedRules;

/**
 * The implied part of the service subscription as resources. They stand in a profile of the
 * server's own, so that no link of the operator's is touched, and are found by ids that follow from
 * what implies them: a look-up reads one row, however many there are. The rules of a node are those
 * that were written for its CSE ({@link Resource.Provenance#registree}); its {@code ruleLinks} are
 * read off them.
 */
public final class ImpliedResources implements ImpliedRules {
  /** What their names and ids begin with; nothing else is named so, see {@link KeptNames}. */
  static final String PREFIX = ImpliedNames.PREFIX;

  /** The profile's name and resourceID. */
  static final String PROFILE = PREFIX + "enrolled";

  /** The profile's label; another one is that of a version that implied less. */
  private static final String VERSION = "Implied-Rules:2";

  private static final String ANY = "*";

  /** What the label begins with that names the token of an instance. */
  private static final String TOKEN = "Token-ID:";

  /** … and its default access policy, for which the standard has no attribute. */
  private static final String ACCESS_POLICY = "Access-Policy:";

  private final CseStore store;

  /**
   * @param store the transaction
   */
  public ImpliedResources(CseStore store) {
    this.store = store;
  }

  /**
   * Makes the profile in a store that has none, and marks an earlier version's as this one's; to be
   * called at each start.
   *
   * @return whether there was none of this version
   */
  static boolean prepare(CseStore store, Resource base) {
    Attributes version = Attributes.builder().put("lbl", List.of(VERSION)).build();
    Optional<Resource> present = store.resources().byId(PROFILE);
    if (present.isPresent()) {
      boolean isEarlier = !present.get().attributes().texts("lbl").contains(VERSION);
      if (isEarlier) {
        store.resources().update(present.get().withAttributes(version));
      }
      return isEarlier;
    }
    Resource.Place place = new Resource.Place(base.id(), PROFILE, base.path() + "/" + PROFILE);
    new ImpliedResources(store)
        .insert(
            PROFILE,
            CseResources.SERVICE_SUBSCRIPTION_PROFILE,
            place,
            new Resource.Provenance(RuleSource.ENROLMENT.text(), ""),
            version,
            M2mTimestamp.NEVER);
    return true;
  }

  /** Whether a resource was written so, and not by an originator. */
  static boolean isImplied(Resource resource) {
    return source(resource).isImplied();
  }

  static RuleSource source(Resource resource) {
    return RuleSource.ofCreator(resource.provenance().creator());
  }

  /** The token of the instance that a rule is for, as its label has it. */
  static Optional<String> tokenOf(Resource rule) {
    return labelled(rule, TOKEN);
  }

  /** The default access policy of the instance that a rule is for, as its label has it. */
  static Optional<String> accessPolicyOf(Resource rule) {
    return labelled(rule, ACCESS_POLICY);
  }

  private static Optional<String> labelled(Resource rule, String name) {
    return rule.attributes().texts("lbl").stream()
        .filter(label -> label.startsWith(name))
        .map(label -> label.substring(name.length()))
        .findFirst()
        .filter(value -> source(rule) == RuleSource.ASSOCIATION);
  }

  /**
   * A rule with what it is for at the moment: that of an enrolment names whatever its application
   * registers with, which changes as the MEF and the MAF provision keys. While there is nothing, it
   * names any: no credential is authenticated as its AE then.
   */
  static Resource current(CseStore store, Resource rule, SpId sp) {
    if (source(rule) != RuleSource.ENROLMENT) {
      return rule;
    }
    AeId ae = new AeId("/" + rule.attributes().texts("aae").get(0));
    List<String> credentials =
        store.credentialsOf(ae.absolute(sp), sp).stream().map(CredentialId::value).toList();
    return credentials.isEmpty()
        ? rule
        : rule.withAttributes(rule.attributes().toBuilder().put("apci", credentials).build());
  }

  /** The rule that the enrolment of an application implied. */
  static Optional<Resource> ruleOf(ResourceRepository resources, AeId ae) {
    return resources.byId(ImpliedNames.ofRule(ae));
  }

  /**
   * The rules of a registrar that an enrolment as this AE or an association by this key implied.
   */
  static List<Resource> rulesFor(
      ResourceRepository resources, CseId registrar, AeRegistration registration) {
    return ImpliedNames.ofRules(registration).stream()
        .flatMap(id -> resources.byId(id).stream())
        .filter(rule -> rule.provenance().registree().equals(registrar.value()))
        .toList();
  }

  @Override
  public void enrolled(EnrolledEntity enrolled, String actor) {
    Optional<Resource> profile = profile();
    if (profile.isEmpty()) {
      return;
    }
    subscribe(profile.get(), enrolled.node().value(), enrolled.entity());
    if (!enrolled.applications().isEmpty()) {
      subscribeIfOwn(profile.get(), enrolled.registrar());
    }
    String application = enrolled.application().map(AppId::value).orElse(ANY);
    for (AeId ae : enrolled.applications()) {
      allow(
          ruleBeside(profile.get(), ImpliedNames.ofRule(ae)),
          new Resource.Provenance(RuleSource.ENROLMENT.text(), enrolled.registrar().value()),
          rule(ANY, application, ae).build(),
          M2mTimestamp.NEVER,
          actor);
    }
  }

  /** This CSE is no enrolee: its node has its CSE-ID for an id. */
  private void subscribeIfOwn(Resource profile, CseId registrar) {
    if (registrar.stem().equals(profile.parent())) {
      subscribe(profile, registrar.value(), registrar);
    }
  }

  private void subscribe(Resource profile, String node, EntityId entity) {
    Attributes.Builder attributes = Attributes.builder().put("ni", node);
    if (entity instanceof CseId cse) {
      attributes.put("csi", cse.value());
    }
    String name = stem(entity);
    insert(
        ImpliedNames.ofNode(entity),
        CseResources.SUBSCRIBED_NODE,
        new Resource.Place(profile.id(), name, profile.path() + "/" + name),
        new Resource.Provenance(RuleSource.ENROLMENT.text(), entity.value()),
        attributes.build(),
        M2mTimestamp.NEVER);
  }

  @Override
  public void associated(AssociatedInstance instance, String actor) {
    String registrar = instance.ae().registrar().spRelative().value();
    profile()
        .ifPresent(
            profile ->
                allow(
                    ruleBeside(profile, ImpliedNames.ofRule(instance.kaId())),
                    new Resource.Provenance(RuleSource.ASSOCIATION.text(), registrar),
                    attributes(instance),
                    instance.until(),
                    actor));
  }

  private static Attributes attributes(AssociatedInstance instance) {
    String credential = CredentialId.towardMaf(instance.kaId()).value();
    List<String> labels = new ArrayList<>(List.of(TOKEN + instance.token()));
    instance.services().accessPolicy().ifPresent(policy -> labels.add(ACCESS_POLICY + policy));
    Attributes.Builder attributes =
        rule(credential, instance.application().value(), instance.ae()).put("lbl", labels);
    List<String> roles = instance.services().roles().stream().map(RoleId::toString).toList();
    return roles.isEmpty() ? attributes.build() : attributes.put("ari", roles).build();
  }

  private static Attributes.Builder rule(String credential, String application, AeId ae) {
    return Attributes.builder()
        .put("apci", List.of(credential))
        .put("aai", List.of(application))
        .put("aae", List.of(ae.stem()));
  }

  @Override
  public void ended(KeyIdentifier kaId, String actor) {
    remove(ImpliedNames.ofRule(kaId), actor);
  }

  @Override
  public void ended(EnrolledEntity enrolled, String actor) {
    store.resources().delete(ImpliedNames.ofNode(enrolled.entity()));
    enrolled.applications().forEach(ae -> remove(ImpliedNames.ofRule(ae), actor));
  }

  private Optional<Resource> profile() {
    return store.resources().byId(PROFILE);
  }

  /** Rules are children of the CSEBase, as the profile is. */
  private static Resource.Place ruleBeside(Resource profile, String id) {
    String base = profile.path().substring(0, profile.path().lastIndexOf('/'));
    return new Resource.Place(profile.parent(), id, base + "/" + id);
  }

  private void allow(
      Resource.Place place,
      Resource.Provenance provenance,
      Attributes attributes,
      Instant until,
      String actor) {
    insert(place.name(), CseResources.SUBSCRIBED_APP_RULE, place, provenance, attributes, until)
        .ifPresent(created -> ProviderRules.audit(store, actor, "created", created));
  }

  /**
   * @return the resource, if it was not there
   * @throws IllegalStateException if another has its name
   */
  private Optional<Resource> insert(
      String id,
      ResourceType type,
      Resource.Place place,
      Resource.Provenance provenance,
      Attributes attributes,
      Instant until) {
    Resource.Times times = new Resource.Times(store.now(), store.now(), until);
    Resource resource = new Resource(id, type.code(), place, provenance, attributes, 0, 0, times);
    if (store.resources().insert(resource)) {
      return Optional.of(resource);
    }
    if (store.resources().byId(id).isEmpty()) {
      throw new IllegalStateException(
          place.path() + " has a name that is kept for the server; delete or move it");
    }
    return Optional.empty();
  }

  private void remove(String id, String actor) {
    store
        .resources()
        .byId(id)
        .ifPresent(
            gone -> {
              store.resources().delete(gone.id());
              ProviderRules.audit(store, actor, "deleted", gone);
            });
  }

  private static String stem(EntityId entity) {
    return entity instanceof CseId cse ? cse.stem() : ((AeId) entity).stem();
  }
}
