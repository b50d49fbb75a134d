// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.mooring.in.admin.AdminApi.answer;
import static org.mooring.in.admin.AdminApi.answerList;
import static org.mooring.in.admin.AdminApi.body;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.app.NewToken;

/** The part of the admin API that is about applications. */
final class AppRoutes {
  /**
   * Where the public keys are. Whoever verifies tokens, such as a store of applications, needs them
   * and has no business with the admin token, so that it is not asked for here.
   */
  static final String JWKS = "/v1/jwks";

  private final Optional<AppAdmin> registry;

  /**
   * @param registry none where the server is no application registry
   */
  AppRoutes(Optional<AppAdmin> registry) {
    this.registry = registry;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/v1/apps", this::register);
    routes.get("/v1/apps", ctx -> answerList(ctx, 200, "apps", apps()::list));
    routes.get("/v1/apps/{app}", this::show);
    routes.post("/v1/apps/{app}:revoke", this::revoke);
    routes.post("/v1/apps/{app}/tokens", this::issueToken);
    routes.post("/v1/apps/{app}/instances/{instance}:revoke", this::revokeInstance);
    routes.post("/v1/app-tokens/{token}:revoke", this::revokeToken);
    routes.post("/v1/app-keys:rotate", ctx -> answer(ctx, 200, apps()::rotateKeys));
    routes.get(JWKS, ctx -> answer(ctx, 200, apps()::jwks));
  }

  private AppAdmin apps() {
    return registry.orElseThrow(
        () ->
            AdminException.notFound(
                "app", "this server is no application registry; give --roles with app to serve"));
  }

  private void register(Context ctx) {
    Attributes body = body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(body, "app", Set.of("appId"));
    AppAdmin apps = apps();
    AppId id =
        Optional.ofNullable(OrderMembers.value(body, "appId", AppId::new))
            .orElseThrow(() -> AdminException.malformed("appId", "give it"));
    answer(ctx, 201, () -> apps.register(id));
  }

  private void show(Context ctx) {
    AppAdmin apps = apps();
    AppId id = inPath(ctx, "app", AppId::new);
    answer(ctx, 200, () -> apps.show(id));
  }

  private void revoke(Context ctx) {
    AppAdmin apps = apps();
    AppId id = inPath(ctx, "app", AppId::new);
    String reason = AdminApi.reason(ctx);
    answer(ctx, 200, () -> apps.revoke(id, reason));
  }

  private void issueToken(Context ctx) {
    AppAdmin apps = apps();
    AppId id = inPath(ctx, "app", AppId::new);
    NewToken wanted = TokenOrder.read(id, body(ctx, AdminApi.MAX_BODY));
    answer(ctx, 201, () -> apps.issueToken(wanted));
  }

  private void revokeInstance(Context ctx) {
    AppAdmin apps = apps();
    AppId id = inPath(ctx, "app", AppId::new);
    AppInstanceId instance = inPath(ctx, "instance", AppInstanceId::new);
    Attributes body = body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(body, "instance", Set.of("node", "reason"));
    EntityId node =
        Optional.ofNullable(OrderMembers.value(body, "node", EntityId::of))
            .orElseThrow(
                () -> AdminException.malformed("node", "give the CSE-ID or AE-ID of its node"));
    String reason = AdminApi.reasonIn(body);
    answer(ctx, 200, () -> apps.revokeInstance(id, instance, node, reason));
  }

  private void revokeToken(Context ctx) {
    AppAdmin apps = apps();
    TokenId id = inPath(ctx, "token", TokenId::parse);
    String reason = AdminApi.reason(ctx);
    answer(ctx, 200, () -> apps.revokeToken(id, reason));
  }

  private static <T> T inPath(Context ctx, String name, Function<String, T> reader) {
    try {
      return reader.apply(ctx.pathParam(name));
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(name, OrderMembers.remedyOf(e) + " in the path");
    }
  }
}
