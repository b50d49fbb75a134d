// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Operation;
import org.mooring.common.primitive.ReleaseVersion;
import org.mooring.common.primitive.Representation;
import org.mooring.common.primitive.RequestPrimitive;
import org.mooring.common.resource.CseResources;
import org.mooring.common.resource.ResourceType;
import org.mooring.common.subscription.AeRegistration;
import org.mooring.common.subscription.Decision;
import org.mooring.common.subscription.RuleSource;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.cse.CseClaim;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.cse.Originator;
import org.mooring.in.cse.Resource;
import org.mooring.in.cse.ServiceSubscriptions;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/**
 * Carries an operator's requests about service subscriptions out, each as one of the IN-CSE's own
 * procedures on the resource.
 */
public final class StoreSubscriptionAdmin implements SubscriptionAdmin {
  private static final ResourceType PROFILE = CseResources.SERVICE_SUBSCRIPTION_PROFILE;
  private static final ResourceType NODE = CseResources.SUBSCRIBED_NODE;
  private static final ResourceType RULE = CseResources.SUBSCRIBED_APP_RULE;
  private static final int SHOWN = 1000;
  private static final String REQUEST_ID = "admin";
  private static final String NODES = "nodes";
  private static final Set<String> DECISIONS =
      Stream.concat(
              Stream.of(
                      AuditAction.AE_REGISTERED,
                      AuditAction.AE_ANNOUNCED,
                      AuditAction.AE_REGISTRATION_REFUSED)
                  .map(Enum::name),
              CseExplanation.DECISIONS.stream())
          .collect(Collectors.toCollection(TreeSet::new));

  private final Transactions<Repositories> store;
  private final ServiceProvider provider;
  private final CseEndpoint cse;
  private final ServiceSubscriptions subscriptions;
  private final CseExplanation cses;

  public StoreSubscriptionAdmin(
      Transactions<Repositories> store, ServiceProvider provider, CseEndpoint cse) {
    this.store = store;
    this.provider = provider;
    this.cse = cse;
    this.subscriptions = new ServiceSubscriptions(provider);
    this.cses = new CseExplanation(provider);
  }

  @Override
  public CompletionStage<Attributes> create(ResourceName profile) {
    return store.write(
        tx -> {
          create(
              tx,
              provider.cseName(),
              PROFILE,
              Attributes.builder().put("rn", profile.value()).build());
          return shown(tx, profile);
        });
  }

  @Override
  public CompletionStage<Attributes> list() {
    return store.read(
        tx ->
            Attributes.builder()
                .put(
                    "profiles",
                    documents(
                        tx.resources().children(provider.cse().stem(), PROFILE.code(), SHOWN),
                        found -> listed(tx, found)))
                .put(
                    "rules",
                    documents(tx.resources().ofNoCse(RULE.code(), SHOWN), RuleDocument::of))
                .build());
  }

  @Override
  public CompletionStage<Attributes> list(KeyIdentifier node) {
    return store.read(
        tx -> {
          EntityId entity = enrolee(tx, node).entity();
          return Attributes.builder()
              .put(
                  "profiles",
                  documents(
                      ServiceSubscriptions.nodesOf(tx.resources(), entity),
                      found -> profileOf(tx, found)))
              .put(
                  "rules",
                  documents(
                      impliedFor(tx, entity),
                      rule -> RuleDocument.of(subscriptions.current(tx, rule))))
              .build();
        });
  }

  /** For an enrolee and the AEs that share its credentials. */
  private static List<Resource> impliedFor(Repositories tx, EntityId entity) {
    return Stream.concat(Stream.of(entity), tx.enrolees().sharing(entity).stream())
        .flatMap(one -> ServiceSubscriptions.impliedFor(tx.resources(), one).stream())
        .toList();
  }

  /** The profile of a node with that node alone. */
  private Attributes profileOf(Repositories tx, Resource node) {
    String name = tx.resources().byId(node.parent()).map(Resource::name).orElse("-");
    return profileDocument(name, ServiceSubscriptions.sourceOf(node))
        .put(NODES, documents(List.of(node), found -> nodeDocument(tx, found)))
        .build();
  }

  @Override
  public CompletionStage<Attributes> show(ResourceName name) {
    return store.read(tx -> shown(tx, name));
  }

  @Override
  public CompletionStage<Attributes> setRule(ResourceName rule, Attributes elements) {
    return store.write(
        tx -> {
          Optional<Resource> present = find(tx, rule, RULE);
          present.ifPresent(StoreSubscriptionAdmin::requireOperators);
          if (present.isPresent()) {
            send(tx, update(present.get(), RULE, RuleDocument.toUpdate(elements)));
          } else {
            Attributes given =
                RuleDocument.toCreate(elements).toBuilder().put("rn", rule.value()).build();
            create(tx, provider.cseName(), RULE, given);
          }
          return shown(tx, rule);
        });
  }

  @Override
  public CompletionStage<Attributes> link(
      ResourceName profile, Optional<KeyIdentifier> node, List<ResourceName> rules) {
    return store.write(
        tx -> {
          SubscribedNode subscribed = node(tx, node);
          Resource parent = profile(tx, profile);
          Attributes links =
              Attributes.builder()
                  .put("rlk", rules.stream().map(rule -> addressOf(tx, rule)).toList())
                  .build();
          Optional<Resource> present = linked(tx, parent, subscribed);
          if (present.isPresent()) {
            send(tx, update(present.get(), NODE, links));
          } else {
            Attributes given = subscribed.attributes().toBuilder().putAll(links).build();
            create(tx, parent.path(), NODE, given);
          }
          return shown(tx, profile);
        });
  }

  @Override
  public CompletionStage<Attributes> unlink(ResourceName profile, Optional<KeyIdentifier> node) {
    return store.write(
        tx -> {
          Resource present =
              linked(tx, profile(tx, profile), node(tx, node))
                  .orElseThrow(
                      () -> AdminException.notFound("node", "it is in no such profile already"));
          send(tx, RequestPrimitive.builder(Operation.DELETE, present.path(), REQUEST_ID));
          return shown(tx, profile);
        });
  }

  @Override
  public CompletionStage<Attributes> remove(ResourceName name) {
    return store.write(
        tx -> {
          Attributes last = shown(tx, name);
          find(tx, name).ifPresent(StoreSubscriptionAdmin::requireOperators);
          send(tx, RequestPrimitive.builder(Operation.DELETE, path(name), REQUEST_ID));
          return last;
        });
  }

  @Override
  public CompletionStage<Attributes> explain(ExplainOrder order) {
    return store.read(tx -> explained(tx, order));
  }

  private Attributes explained(Repositories tx, ExplainOrder order) {
    if (order instanceof ExplainOrder.Supposed supposed) {
      CseId registrar = node(tx, supposed.node()).cse();
      return explained(tx, registrar, supposed.registration(), supposed.release());
    }
    AuditRecord entry = decision(tx, ((ExplainOrder.Past) order).entry());
    Optional<CseClaim> claim = CseClaim.from(entry.detail());
    if (claim.isPresent()) {
      return Attributes.builder()
          .put("recorded", Explanation.recorded(entry))
          .put("now", cses.now(tx, claim.get()))
          .build();
    }
    Attributes detail = entry.detail();
    return Attributes.builder()
        .put("recorded", Explanation.recorded(entry))
        .put(
            "now",
            explained(
                tx,
                ExplainOrder.registrar(detail).orElse(provider.cse()),
                ExplainOrder.registration(detail),
                ExplainOrder.release(detail)))
        .build();
  }

  private Attributes explained(
      Repositories tx, CseId registrar, AeRegistration registration, ReleaseVersion release) {
    Decision decision = subscriptions.decide(tx, registrar, registration);
    return Explanation.of(
        registrar,
        registration,
        release,
        decision,
        subscriptions.againstStem(tx, registrar, decision));
  }

  private static AuditRecord decision(Repositories tx, long seq) {
    return tx.auditLog()
        .find(seq)
        .filter(entry -> DECISIONS.contains(entry.action()))
        .orElseThrow(
            () ->
                AdminException.notFound(
                    "entry", "give the seq of an entry " + String.join(" or ", DECISIONS)));
  }

  /** A node with the CSE that registers AEs there. */
  private record SubscribedNode(String node, CseId cse) {
    Attributes attributes() {
      return Attributes.builder()
          .put("rn", cse.stem())
          .put("ni", node)
          .put("csi", cse.value())
          .build();
    }
  }

  private SubscribedNode node(Repositories tx, Optional<KeyIdentifier> id) {
    if (id.isEmpty()) {
      return new SubscribedNode(provider.absoluteCse().value(), provider.cse());
    }
    Enrolee enrolee = enrolee(tx, id.get());
    if (enrolee.entity() instanceof CseId cse) {
      return new SubscribedNode(enrolee.nodeId().value(), cse);
    }
    throw AdminException.malformed("node", "leave it out: an AE registers with this IN-CSE");
  }

  private Enrolee enrolee(Repositories tx, KeyIdentifier id) {
    return tx.enrolees()
        .find(provider.canonical(id))
        .orElseThrow(() -> StoreAdminService.notEnrolled(id));
  }

  private static Optional<Resource> linked(
      Repositories tx, Resource profile, SubscribedNode subscribed) {
    return tx.resources().ofCse(NODE.code(), subscribed.cse(), SHOWN).stream()
        .filter(node -> node.parent().equals(profile.id()))
        .findFirst();
  }

  private Resource profile(Repositories tx, ResourceName name) {
    Resource profile = find(tx, name, PROFILE).orElseThrow(() -> unknown("profile", name));
    requireOperators(profile);
    return profile;
  }

  private static void requireOperators(Resource resource) {
    RuleSource source = ServiceSubscriptions.sourceOf(resource);
    if (source.isImplied()) {
      throw AdminException.malformed(
          "name",
          "the "
              + source.text()
              + " implies "
              + resource.name()
              + "; revoke that, or write another");
    }
  }

  /** SP-relative, for registrars that are other CSEs. */
  private String addressOf(Repositories tx, ResourceName rule) {
    return find(tx, rule, RULE)
        .map(found -> provider.cse().value() + "/" + found.path())
        .orElseThrow(() -> unknown("rule", rule));
  }

  private Attributes shown(Repositories tx, ResourceName name) {
    return find(tx, name)
        .map(found -> document(tx, found))
        .orElseThrow(() -> unknown("name", name));
  }

  private static AttributeValue documents(
      List<Resource> found, Function<Resource, Attributes> document) {
    return new AttributeValue.Items(
        found.stream()
            .<AttributeValue>map(one -> new AttributeValue.Members(document.apply(one)))
            .toList());
  }

  /** In a list the profile without its nodes that has one for each enrolee. */
  private Attributes listed(Repositories tx, Resource profile) {
    RuleSource source = ServiceSubscriptions.sourceOf(profile);
    return source.isImplied()
        ? profileDocument(profile.name(), source).build()
        : document(tx, profile);
  }

  private Attributes document(Repositories tx, Resource found) {
    if (found.type() == RULE.code()) {
      return RuleDocument.of(subscriptions.current(tx, found));
    }
    List<Resource> nodes = tx.resources().children(found.id(), NODE.code(), SHOWN);
    return profileDocument(found.name(), ServiceSubscriptions.sourceOf(found))
        .put(NODES, documents(nodes, node -> nodeDocument(tx, node)))
        .build();
  }

  private static Attributes.Builder profileDocument(String name, RuleSource source) {
    return Attributes.builder().put("profile", name).put("source", source.text());
  }

  private Attributes nodeDocument(Repositories tx, Resource node) {
    return Attributes.builder()
        .put("node", node.attributes().text("ni").orElse("-"))
        .put("csi", node.attributes().text("csi").orElse("-"))
        .put("rules", ServiceSubscriptions.links(tx.resources(), node, provider.cse()))
        .build();
  }

  private Optional<Resource> find(Repositories tx, ResourceName name) {
    return find(tx, name, PROFILE).or(() -> find(tx, name, RULE));
  }

  private Optional<Resource> find(Repositories tx, ResourceName name, ResourceType type) {
    return tx.resources().byPath(path(name)).filter(found -> found.type() == type.code());
  }

  private String path(ResourceName name) {
    return provider.cseName() + "/" + name;
  }

  private void create(Repositories tx, String parent, ResourceType type, Attributes given) {
    send(
        tx,
        RequestPrimitive.builder(Operation.CREATE, parent, REQUEST_ID)
            .resourceType(type.code())
            .content(Representation.of(type.root(), given)));
  }

  private static RequestPrimitive.Builder update(
      Resource resource, ResourceType type, Attributes changes) {
    return RequestPrimitive.builder(Operation.UPDATE, resource.path(), REQUEST_ID)
        .content(Representation.of(type.root(), changes));
  }

  private void send(Repositories tx, RequestPrimitive.Builder request) {
    cse.handle(tx, new Originator.Operator(), request.build());
  }

  private static AdminException unknown(String field, ResourceName name) {
    return AdminException.notFound(
        field, "there is no " + name + "; 'subscription list' shows what there is");
  }
}
