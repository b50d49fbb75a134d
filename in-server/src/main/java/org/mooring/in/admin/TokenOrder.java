// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.app.NewToken;

/** What an operator decides about a token, as members of a request. */
final class TokenOrder {
  private static final int USUAL_INSTANCES = 100;
  private static final int USUAL_INSTANCES_PER_NODE = 10;

  private static final String FROM = "from";
  private static final String UNTIL = "until";
  private static final String NODES = "nodes";
  private static final String ROLES = "roles";
  private static final String ACCESS_POLICY = "accessPolicy";
  private static final String TARGETS = "targets";
  private static final String SHARE = "share";
  private static final String MAX_INSTANCES = "maxInstances";
  private static final String MAX_INSTANCES_PER_NODE = "maxInstancesPerNode";
  private static final Set<String> KNOWN =
      Set.of(
          FROM,
          UNTIL,
          NODES,
          ROLES,
          ACCESS_POLICY,
          TARGETS,
          SHARE,
          MAX_INSTANCES,
          MAX_INSTANCES_PER_NODE);

  private TokenOrder() {}

  /**
   * Reads an order for a token; {@code until} and {@code nodes} have to be there.
   *
   * @throws AdminException naming the member that is missing, unknown or malformed
   */
  static NewToken read(AppId application, Attributes members) {
    OrderMembers.requireKnown(members, "token", KNOWN);
    @Nullable Instant from = time(members, FROM);
    @Nullable Instant until = time(members, UNTIL);
    if (until == null) {
      throw AdminException.malformed(UNTIL, "say when the token ends");
    }
    List<AllowedNode> nodes = each(members, NODES, AllowedNode::new);
    if (nodes.isEmpty()) {
      throw AdminException.malformed(NODES, "name the nodes by CSE-ID or node id, at least one");
    }
    @Nullable ResourceAddress policy =
        OrderMembers.value(members, ACCESS_POLICY, ResourceAddress::parse);
    return new NewToken(
        application,
        Optional.ofNullable(from),
        until,
        nodes,
        new ApprovedServices(
            each(members, ROLES, RoleId::parse),
            Optional.ofNullable(policy),
            each(members, TARGETS, EntityId::of),
            share(members)),
        caps(members));
  }

  private static CredentialShare share(Attributes members) {
    @Nullable String text = OrderMembers.value(members, SHARE, given -> given);
    return text == null
        ? CredentialShare.NONE
        : CredentialShare.of(text)
            .orElseThrow(() -> AdminException.malformed(SHARE, "write none, app or node"));
  }

  private static @Nullable Instant time(Attributes members, String name) {
    return OrderMembers.value(members, name, text -> OrderMembers.instant(name, text));
  }

  private static InstanceCaps caps(Attributes members) {
    int perToken = cap(members, MAX_INSTANCES, USUAL_INSTANCES);
    int perNode =
        cap(members, MAX_INSTANCES_PER_NODE, Math.min(perToken, USUAL_INSTANCES_PER_NODE));
    try {
      return new InstanceCaps(perToken, perNode);
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(MAX_INSTANCES_PER_NODE, OrderMembers.remedyOf(e));
    }
  }

  private static int cap(Attributes members, String name, int usual) {
    if (!members.has(name)) {
      return usual;
    }
    OptionalLong given = members.whole(name);
    if (given.isEmpty() || given.getAsLong() < 1 || given.getAsLong() > InstanceCaps.MOST) {
      throw AdminException.malformed(name, "give 1 to " + InstanceCaps.MOST);
    }
    return (int) given.getAsLong();
  }

  private static <T> List<T> each(Attributes members, String name, Function<String, T> reader) {
    if (!members.has(name)) {
      return List.of();
    }
    List<String> texts = members.texts(name);
    if (!(members.get(name).orElseThrow() instanceof AttributeValue.Items items)
        || items.values().size() != texts.size()) {
      throw AdminException.malformed(name, "give a list of texts");
    }
    try {
      return texts.stream().map(reader).toList();
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(name, OrderMembers.remedyOf(e));
    }
  }
}
