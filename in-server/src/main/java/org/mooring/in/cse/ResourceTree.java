// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.TimedId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.primitive.ResponsePrimitive;
import org.mooring.common.primitive.ResultContent;
import org.mooring.common.resource.RepresentationValidator;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.ResourceTable;
import org.mooring.in.provider.ServiceProvider;

/**
 * The generic procedures on resources (TS-0004 clauses 7.2.2.2 and 7.3.3), the same for every type:
 * what a type permits stands in its rows, what it adds in its {@link TypeRules}.
 *
 * <p>Each procedure throws a {@link RefusedException} and has then done nothing that its
 * transaction may keep.
 */
final class ResourceTree {
  private static final String CREATOR = "cr";
  private static final String NAME = "rn";
  private static final String VIRTUAL = "virtual resource";
  private static final Set<String> KEPT_APART = Set.of(NAME, Expirations.ATTRIBUTE, CREATOR);

  private final TypeCatalogue types;
  private final AddressResolver addresses;
  private final AccessControlPolicies policies;
  private final DefaultPolicies defaults;
  private final AccessPolicy access;
  private final Expirations expirations;
  private final Removal removal;
  private final Answers answers;
  private final KeptNames names;
  private final RandomIds ids;

  /**
   * @param table the hosted types
   * @param rules what some of them add, by number
   * @param defaults policies of resources that name none
   * @param longestLife how long a resource below the CSEBase may live without an update
   * @param names what no other resource below the CSEBase gets
   */
  ResourceTree(
      ServiceProvider provider,
      ResourceTable table,
      Map<Integer, TypeRules> rules,
      DefaultPolicies defaults,
      Duration longestLife,
      KeptNames names,
      RandomIds ids) {
    this.types = new TypeCatalogue(table, rules);
    this.addresses = new AddressResolver(provider, types);
    this.policies = new AccessControlPolicies(provider, addresses);
    this.defaults = defaults;
    this.access = new AccessPolicy(provider, types, policies);
    this.expirations = new Expirations(longestLife);
    this.removal = new Removal(types);
    this.answers = new Answers(types, access);
    this.names = names;
    this.ids = ids;
  }

  /** CREATE (TS-0004 clause 7.3.3.3). */
  ResponsePrimitive create(Call call) {
    ResultContent wanted = Answers.wanted(Operation.CREATE, call);
    ResourcePolicy policy = types.creatable(requestedType(call));
    TypeRules rules = types.rules(policy.type().code());
    Resource parent = parentOf(call, rules);
    if (rules.isRegistration()) {
      rules.admit(call);
    } else {
      access.require(call, parent, Operation.CREATE);
    }
    if (!types.policyOf(parent).allowsChild(policy.type().code())) {
      throw Refusal.NOT_A_CHILD_TYPE.of(policy.type() + " below " + types.policyOf(parent).type());
    }
    Attributes given =
        defaults.completed(
            call, policy, RepresentationValidator.forCreate(policy, call.content()), policies);
    parent = withoutExpiredChildren(call, parent);
    Resource draft = draft(call, policy, rules, parent, given);
    names.requireNone(call, rules, parent, draft.name());
    Resource created = rules.complete(call, parent, draft);
    if (!call.resources().insert(created)) {
      throw Refusal.NAME_IN_USE.of("rn (resourceName)");
    }
    rules.created(call, parent, created);
    return answers.created(call, wanted, created, given);
  }

  /** RETRIEVE (TS-0004 clause 7.3.3.6). */
  ResponsePrimitive retrieve(Call call) {
    ResultContent wanted = Answers.wanted(Operation.RETRIEVE, call);
    if (call.request().content().isPresent()) {
      throw Refusal.UNSUPPORTED_PARAMETER.of("Content with attributes to retrieve");
    }
    Resource resource = permitted(call, Operation.RETRIEVE);
    requireDisclosed(call, resource);
    return answers.retrieved(call, wanted, resource);
  }

  /** UPDATE (TS-0004 clause 7.3.3.7). */
  ResponsePrimitive update(Call call) {
    ResultContent wanted = Answers.wanted(Operation.UPDATE, call);
    Resource found = permitted(call, Operation.UPDATE);
    Attributes changes =
        policies.resolved(
            call.resources(),
            RepresentationValidator.forUpdate(types.policyOf(found), call.content()));
    Resource before = withoutExpiredChildren(call, found);
    Resource changed =
        before
            .withAttributes(before.attributes().updatedBy(changes.without(KEPT_APART)))
            .expiringAt(expirationAfter(call, before, changes))
            .modifiedAt(call.now());
    Resource after = types.rules(changed.type()).updated(call, changed, changes);
    call.resources().update(after);
    return answers.updated(call, wanted, before, after, changes);
  }

  /** DELETE (TS-0004 clause 7.3.3.8). */
  ResponsePrimitive delete(Call call) {
    ResultContent wanted = Answers.wanted(Operation.DELETE, call);
    if (call.request().content().isPresent()) {
      throw Refusal.INVALID_PARAMETER.of("Content");
    }
    Resource resource = permitted(call, Operation.DELETE);
    types.rules(resource.type()).requireDeletable(call);
    if (wanted != ResultContent.NOTHING) {
      requireDisclosed(call, resource);
    }
    ResponsePrimitive answer = answers.deleting(call, wanted, resource);
    removal.remove(call.store(), call.requester().actor(), resource);
    return answer;
  }

  /**
   * Deletes some of what expired.
   *
   * @return how many there were; fewer than the limit if none is left
   */
  int sweep(CseStore store, int limit) {
    return removal.removeExpired(store, limit);
  }

  private static int requestedType(Call call) {
    return call.request()
        .resourceType()
        .orElseThrow(() -> Refusal.MISSING_PARAMETER.of("Resource Type"));
  }

  private Target target(Call call, boolean registering) {
    return addresses.resolve(call.resources(), call.request().to(), registering);
  }

  private Resource parentOf(Call call, TypeRules rules) {
    return rules.parentOf(call, () -> named(call, rules));
  }

  private Resource named(Call call, TypeRules rules) {
    if (target(call, rules.isRegistration()) instanceof Target.Hosted hosted) {
      return hosted.resource();
    }
    throw Refusal.OPERATION_NOT_OFFERED.of(VIRTUAL);
  }

  /** The resource that the request names or that stands behind the virtual one it names. */
  private Resource permitted(Call call, Operation operation) {
    if (call.request().resourceType().isPresent()) {
      throw Refusal.INVALID_PARAMETER.of("Resource Type");
    }
    Target target = target(call, false);
    if (target instanceof Target.Virtual virtual) {
      if (operation == Operation.UPDATE) {
        throw Refusal.OPERATION_NOT_OFFERED.of(VIRTUAL);
      }
      access.require(call, virtual.parent(), operation);
      return types
          .rules(virtual.parent().type())
          .behindVirtualChild(call.store(), virtual.parent(), virtual.name())
          .orElseThrow(() -> Refusal.NO_INSTANCE.of("To"));
    }
    Resource resource = ((Target.Hosted) target).resource();
    TypeCatalogue.requireOffered(types.policyOf(resource), operation);
    boolean isRegistration =
        operation == Operation.UPDATE && types.rules(resource.type()).isRegistration(call);
    if (operation == Operation.UPDATE && changesPolicies(call)) {
      access.requireChangeOfPolicies(call, resource);
    } else if (!isRegistration) {
      access.require(call, resource, operation);
    }
    return resource;
  }

  /**
   * Whether an UPDATE is of accessControlPolicyIDs (TS-0001 clause 9.6.1.3.2).
   *
   * @throws RefusedException POLICIES_NOT_ALONE if it is of something else too
   */
  private static boolean changesPolicies(Call call) {
    Attributes changes = call.content().attributes();
    boolean changesPolicies = changes.has(AccessControlPolicies.REFERENCES);
    if (changesPolicies && changes.names().size() > 1) {
      throw Refusal.POLICIES_NOT_ALONE.of("acpi (accessControlPolicyIDs) with other attributes");
    }
    return changesPolicies;
  }

  private void requireDisclosed(Call call, Resource resource) {
    boolean disclosed =
        call.resources()
            .byId(resource.parent())
            .map(parent -> types.rules(parent.type()).discloses(parent, resource.type()))
            .orElse(true);
    if (!disclosed) {
      throw Refusal.OPERATION_NOT_OFFERED.of(
          types.policyOf(resource).type() + " whose parent disables retrieval");
    }
  }

  private Resource withoutExpiredChildren(Call call, Resource resource) {
    return removal.removeExpiredBelow(call.store(), resource)
        ? reread(call, resource.id())
        : resource;
  }

  private static Resource reread(Call call, String id) {
    return call.resources().byId(id).orElseThrow(() -> Refusal.NO_SUCH_RESOURCE.of("To"));
  }

  private Resource draft(
      Call call, ResourcePolicy policy, TypeRules rules, Resource parent, Attributes given) {
    String name =
        given
            .text(NAME)
            .or(() -> rules.defaultName(call))
            .orElseGet(() -> ids.name(shortName(policy)));
    Instant now = call.now();
    Attributes.Builder attributes = given.without(KEPT_APART).toBuilder();
    if (given.has(CREATOR)) {
      attributes.put(CREATOR, call.requester().shownAs());
    }
    return new Resource(
        TimedId.at(now),
        policy.type().code(),
        new Resource.Place(parent.id(), name, parent.path() + "/" + name),
        new Resource.Provenance(call.requester().id(), parent.provenance().registree()),
        attributes.build(),
        0,
        0,
        new Resource.Times(now, now, expirations.assigned(now, parent, given)));
  }

  private static String shortName(ResourcePolicy policy) {
    String root = policy.type().root();
    return root.substring(root.indexOf(':') + 1);
  }

  private Instant expirationAfter(Call call, Resource resource, Attributes changes) {
    Resource parent = reread(call, resource.parent());
    Optional<Instant> latestChild = call.resources().latestExpirationBelow(resource.id());
    return expirations.updated(call.now(), parent, resource, changes, latestChild);
  }
}
