// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.mooring.in.admin.AdminApi.answer;
import static org.mooring.in.admin.AdminApi.body;
import static org.mooring.in.admin.AdminApi.identifier;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentMethod;

/** The part of the admin API that is about the credentials of one enrolee. */
final class CredentialRoutes {
  private static final String ANY = "any";

  private final CredentialAdmin credentials;

  CredentialRoutes(CredentialAdmin credentials) {
    this.credentials = credentials;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/v1/enrolees/{id}/credentials", this::add);
    routes.post("/v1/enrolees/{id}/credentials/{credential}:remove", this::remove);
    routes.post("/v1/enrolees/{id}:method", this::setMinMethod);
  }

  private void add(Context ctx) {
    KeyIdentifier id = identifier(ctx, "id");
    EnroleeOrder order = EnroleeOrder.readCredential(body(ctx, AdminApi.MAX_BODY));
    answer(ctx, 201, () -> credentials.add(id, order));
  }

  private void remove(Context ctx) {
    KeyIdentifier id = identifier(ctx, "id");
    KeyIdentifier credential = identifier(ctx, "credential");
    answer(ctx, 200, () -> credentials.remove(id, credential));
  }

  private void setMinMethod(Context ctx) {
    KeyIdentifier id = identifier(ctx, "id");
    Attributes body = body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(body, "method", Set.of("minMethod"));
    Optional<EnrolmentMethod> least = least(body);
    answer(ctx, 200, () -> credentials.setMinMethod(id, least));
  }

  private static Optional<EnrolmentMethod> least(Attributes body) {
    String text = body.text("minMethod").orElse("");
    return text.equals(ANY)
        ? Optional.empty()
        : Optional.of(
            EnrolmentMethod.of(text)
                .orElseThrow(
                    () ->
                        AdminException.malformed(
                            "minMethod", "write psk, certificate, rpk, gba or any")));
  }
}
