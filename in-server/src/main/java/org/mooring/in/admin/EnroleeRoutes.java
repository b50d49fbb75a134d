// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;

/** The routes of enrolees, their commands and keys. */
final class EnroleeRoutes {
  private final AdminService service;

  EnroleeRoutes(AdminService service) {
    this.service = service;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/v1/enrolees", this::addEnrolee);
    routes.post("/v1/enrolees:import", this::importEnrolees);
    routes.get(
        "/v1/enrolees", ctx -> AdminApi.answerList(ctx, 200, "enrolees", service::listEnrolees));
    routes.get(
        "/v1/enrolees/{id}",
        ctx -> {
          KeyIdentifier id = AdminApi.identifier(ctx, "id");
          AdminApi.answer(ctx, 200, () -> service.showEnrolee(id));
        });
    routes.post("/v1/enrolees/{id}:revoke", withReason("id", service::revokeEnrolee));
    routes.post("/v1/enrolees/{id}/commands", this::addCommand);
    routes.get(
        "/v1/enrolees/{id}/commands",
        ctx -> {
          KeyIdentifier id = AdminApi.identifier(ctx, "id");
          AdminApi.answerList(ctx, 200, "commands", () -> service.listCommands(id));
        });
    routes.post(
        "/v1/enrolees/{id}/commands/{command}:cancel",
        ctx -> {
          KeyIdentifier id = AdminApi.identifier(ctx, "id");
          String command = ctx.pathParam("command");
          AdminApi.answer(ctx, 200, () -> service.cancelCommand(id, command));
        });
    routes.post("/v1/enrolees/{id}:retire", withReason("id", service::retireEnrolee));
    routes.post("/v1/enrolees/{id}:extend", this::extendEnrolee);
    routes.post("/v1/enrolees/{id}:end", this::endEnrolee);
    routes.post("/v1/enrolees/{id}:rekey", this::rekeyEnrolee);
    routes.post("/v1/keys/{identity}:revoke", withReason("identity", service::revokeKey));
    routes.post("/v1/keys/{identity}:retire", withReason("identity", service::retireKey));
  }

  /** What is done to whatever this part of the path identifies, for the reason in the body. */
  private static Handler withReason(
      String parameter, BiFunction<KeyIdentifier, String, CompletionStage<Attributes>> action) {
    return ctx -> {
      KeyIdentifier id = AdminApi.identifier(ctx, parameter);
      String reason = AdminApi.reason(ctx);
      AdminApi.answer(ctx, 200, () -> action.apply(id, reason));
    };
  }

  private void addEnrolee(Context ctx) {
    EnroleeOrder order = EnroleeOrder.read(AdminApi.body(ctx, AdminApi.MAX_BODY));
    AdminApi.answer(ctx, 201, () -> service.addEnrolee(order));
  }

  private void importEnrolees(Context ctx) {
    List<EnroleeOrder> orders = orders(AdminApi.body(ctx, AdminApi.MAX_IMPORT_BODY));
    AdminApi.answerList(ctx, 201, "enrolees", () -> service.importEnrolees(orders));
  }

  private static List<EnroleeOrder> orders(Attributes body) {
    if (!body.names().equals(Set.of("enrolees"))
        || !(body.get("enrolees").orElseThrow() instanceof AttributeValue.Items items)) {
      throw AdminException.malformed("enrolees", "send one list of enrolees");
    }
    if (items.values().size() > AdminApi.MAX_IMPORT_ENROLEES) {
      throw new AdminException(
          413, "enrolees", "send " + AdminApi.MAX_IMPORT_ENROLEES + " at a time at most");
    }
    List<EnroleeOrder> orders = new ArrayList<>();
    for (AttributeValue item : items.values()) {
      try {
        if (!(item instanceof AttributeValue.Members members)) {
          throw AdminException.malformed("enrolee", "send an object");
        }
        orders.add(EnroleeOrder.read(members.attributes()));
      } catch (AdminException e) {
        throw new ImportException(orders.size() + 1, e);
      }
    }
    return orders;
  }

  private void rekeyEnrolee(Context ctx) {
    KeyIdentifier id = AdminApi.identifier(ctx, "id");
    Attributes wanted = AdminApi.body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(wanted, "key", Set.of("kpmId", "kpm"));
    EnroleeOrder order = EnroleeOrder.read(wanted);
    AdminApi.answer(ctx, 200, () -> service.rekeyEnrolee(id, order));
  }

  private void addCommand(Context ctx) {
    KeyIdentifier id = AdminApi.identifier(ctx, "id");
    CommandOrder order = CommandOrder.read(AdminApi.body(ctx, AdminApi.MAX_BODY));
    AdminApi.answer(ctx, 201, () -> service.addCommand(id, order));
  }

  private void extendEnrolee(Context ctx) {
    KeyIdentifier id = AdminApi.identifier(ctx, "id");
    Instant until = until(AdminApi.body(ctx, AdminApi.MAX_BODY));
    AdminApi.answer(ctx, 200, () -> service.extendEnrolee(id, until));
  }

  private void endEnrolee(Context ctx) {
    KeyIdentifier id = AdminApi.identifier(ctx, "id");
    AdminApi.answer(ctx, 200, () -> service.endEnrolee(id));
  }

  /** The end of a subscription, the body's only member. */
  private static Instant until(Attributes body) {
    return body.text("until")
        .filter(text -> body.names().size() == 1)
        .map(text -> OrderMembers.instant("until", text))
        .orElseThrow(() -> AdminException.malformed("until", "send this member alone"));
  }
}
