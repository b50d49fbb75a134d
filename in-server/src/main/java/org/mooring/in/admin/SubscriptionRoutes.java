// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.mooring.in.admin.AdminApi.answer;
import static org.mooring.in.admin.AdminApi.body;
import static org.mooring.in.admin.AdminApi.identifier;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceName;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;

/** The part of the admin API that is about service subscriptions. */
final class SubscriptionRoutes {
  private static final String NAME = "name";
  private static final String NODE = "node";
  private static final String RULES = "rules";

  /** Rules that one node may be linked to: all are held against each registration. */
  private static final int MOST_RULES = 200;

  private final SubscriptionAdmin subscriptions;

  SubscriptionRoutes(SubscriptionAdmin subscriptions) {
    this.subscriptions = subscriptions;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/v1/subscriptions", this::create);
    routes.get("/v1/subscriptions", ctx -> answer(ctx, 200, subscriptions::list));
    routes.get("/v1/enrolees/{id}/subscriptions", this::listOfNode);
    routes.post("/v1/subscriptions:explain", this::explain);
    routes.get("/v1/subscriptions/{name}", this::show);
    routes.post("/v1/subscriptions/{name}:rule", this::setRule);
    routes.post("/v1/subscriptions/{name}:link", this::link);
    routes.post("/v1/subscriptions/{name}:unlink", this::unlink);
    routes.post("/v1/subscriptions/{name}:remove", this::remove);
  }

  private void create(Context ctx) {
    Attributes body = body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(body, "profile", Set.of(NAME));
    @Nullable ResourceName profile = OrderMembers.value(body, NAME, ResourceName::new);
    if (profile == null) {
      throw AdminException.malformed(NAME, "give it");
    }
    answer(ctx, 201, () -> subscriptions.create(profile));
  }

  private void listOfNode(Context ctx) {
    KeyIdentifier node = identifier(ctx, "id");
    answer(ctx, 200, () -> subscriptions.list(node));
  }

  private void show(Context ctx) {
    ResourceName name = name(ctx);
    answer(ctx, 200, () -> subscriptions.show(name));
  }

  private void setRule(Context ctx) {
    ResourceName rule = name(ctx);
    Attributes elements = body(ctx, AdminApi.MAX_BODY);
    RuleDocument.require(elements);
    answer(ctx, 200, () -> subscriptions.setRule(rule, elements));
  }

  private void link(Context ctx) {
    ResourceName profile = name(ctx);
    Attributes body = body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(body, "link", Set.of(NODE, RULES));
    Optional<KeyIdentifier> node = node(body);
    List<ResourceName> rules = rules(body);
    answer(ctx, 200, () -> subscriptions.link(profile, node, rules));
  }

  private void unlink(Context ctx) {
    ResourceName profile = name(ctx);
    Attributes body = body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(body, "unlink", Set.of(NODE));
    Optional<KeyIdentifier> node = node(body);
    answer(ctx, 200, () -> subscriptions.unlink(profile, node));
  }

  private void remove(Context ctx) {
    ResourceName name = name(ctx);
    answer(ctx, 200, () -> subscriptions.remove(name));
  }

  private void explain(Context ctx) {
    ExplainOrder order = ExplainOrder.read(body(ctx, AdminApi.MAX_BODY));
    answer(ctx, 200, () -> subscriptions.explain(order));
  }

  private static Optional<KeyIdentifier> node(Attributes body) {
    @Nullable KeyIdentifier node = OrderMembers.value(body, NODE, KeyIdentifier::parse);
    return Optional.ofNullable(node);
  }

  private static List<ResourceName> rules(Attributes body) {
    List<String> texts = body.texts(RULES);
    boolean isList = body.get(RULES).orElse(null) instanceof AttributeValue.Items;
    if (!isList || texts.size() > MOST_RULES) {
      throw AdminException.malformed(RULES, "give a list of up to " + MOST_RULES + " names");
    }
    try {
      return texts.stream().map(ResourceName::new).toList();
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(RULES, OrderMembers.remedyOf(e));
    }
  }

  private static ResourceName name(Context ctx) {
    try {
      return new ResourceName(ctx.pathParam(NAME));
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(NAME, OrderMembers.remedyOf(e));
    }
  }
}
