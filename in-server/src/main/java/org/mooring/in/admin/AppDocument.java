// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.time.Instant;
import java.util.List;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.app.Application;
import org.mooring.in.app.Instance;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.app.PublicJwk;
import org.mooring.in.app.Standing;

/** Applications, tokens and instances as the API tells of them. */
final class AppDocument {
  private static final String STATUS = "status";

  private AppDocument() {}

  static Attributes of(Application application) {
    Attributes.Builder document =
        Attributes.builder()
            .put("appId", application.id().value())
            .put(STATUS, application.standing().isRevoked() ? "revoked" : "active")
            .put("registered", application.registeredAt().toString());
    return withRevocation(document, application.standing()).build();
  }

  /** The application with lists of what it has. */
  static Attributes of(
      Application application, List<Attributes> tokens, List<Attributes> instances) {
    return of(application).toBuilder()
        .put("tokens", items(tokens))
        .put("instances", items(instances))
        .build();
  }

  /**
   * @param living how many instances live under it
   */
  static Attributes of(IssuedToken token, int living, Instant now) {
    Attributes.Builder document =
        Attributes.builder()
            .put("tokenId", token.id().toString())
            .put("appId", token.application().value())
            .put(STATUS, status(token, now))
            .put("from", token.validity().from().toString())
            .put("until", token.validity().until().toString())
            .put("nodes", token.nodes().stream().map(AllowedNode::value).toList())
            .put("roles", token.services().roles().stream().map(RoleId::toString).toList())
            .put("targets", token.services().targets().stream().map(EntityId::value).toList())
            .put("share", token.services().share().text())
            .put("instances", living)
            .put("maxInstances", token.caps().perToken())
            .put("maxInstancesPerNode", token.caps().perNode())
            .put("fingerprint", token.fingerprint())
            .put("signedBy", token.signingKey());
    token
        .services()
        .accessPolicy()
        .ifPresent(policy -> document.put("accessPolicy", policy.toString()));
    return withRevocation(document, token.standing()).build();
  }

  private static String status(IssuedToken token, Instant now) {
    if (token.standing().isRevoked()) {
      return "revoked";
    }
    return token.validity().isOverAt(now) ? "expired" : "active";
  }

  static Attributes of(Instance instance) {
    Attributes.Builder document =
        Attributes.builder()
            .put("instance", instance.name().instance().value())
            .put("node", instance.name().node().spRelative().value())
            .put(STATUS, instance.state().text())
            .put("token", instance.token().toString());
    instance.name().aeId().ifPresent(aeId -> document.put("aeId", aeId.value()));
    instance.kaId().ifPresent(kaId -> document.put("kaId", kaId.toString()));
    return document.put("since", instance.since().toString()).build();
  }

  static Attributes of(List<PublicJwk> keys) {
    List<Attributes> documents =
        keys.stream()
            .map(
                key ->
                    Attributes.builder()
                        .put("kty", "EC")
                        .put("crv", "P-256")
                        .put("use", "sig")
                        .put("alg", ApplicationToken.ALGORITHM)
                        .put("kid", key.kid())
                        .put("x", key.x())
                        .put("y", key.y())
                        .build())
            .toList();
    return Attributes.builder().put("keys", items(documents)).build();
  }

  private static Attributes.Builder withRevocation(Attributes.Builder document, Standing standing) {
    if (standing instanceof Standing.Revoked revoked) {
      document.put("revoked", revoked.at().toString()).put("reason", revoked.reason());
    }
    return document;
  }

  private static AttributeValue items(List<Attributes> documents) {
    return new AttributeValue.Items(
        documents.stream().<AttributeValue>map(AttributeValue.Members::new).toList());
  }
}
