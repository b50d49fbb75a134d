// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.mooring.in.admin.AdminApi.answer;
import static org.mooring.in.admin.AdminApi.answerList;
import static org.mooring.in.admin.AdminApi.body;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.group.NewGroup;

/** The part of the admin API that is about groups. */
final class GroupRoutes {
  private final GroupAdmin groups;

  GroupRoutes(GroupAdmin groups) {
    this.groups = groups;
  }

  void addTo(RoutesConfig routes) {
    routes.post("/v1/groups", this::add);
    routes.get("/v1/groups", ctx -> answerList(ctx, 200, "groups", groups::list));
    routes.get("/v1/groups/{name}", this::show);
    routes.post("/v1/groups/{name}:approve", this::approve);
    routes.post("/v1/groups/{name}:deny", this::deny);
    routes.post("/v1/groups/{name}:change", this::change);
    routes.post("/v1/groups/{name}:revoke", this::revoke);
  }

  private void add(Context ctx) {
    NewGroup wanted = GroupOrder.newGroup(body(ctx, AdminApi.MAX_IMPORT_BODY));
    answer(ctx, 201, () -> groups.add(wanted));
  }

  private void show(Context ctx) {
    GroupName name = name(ctx);
    answer(ctx, 200, () -> groups.show(name));
  }

  private void approve(Context ctx) {
    GroupName name = name(ctx);
    List<DeviceId> devices = GroupOrder.devicesAlone(body(ctx, AdminApi.MAX_IMPORT_BODY));
    answer(ctx, 200, () -> groups.approve(name, devices));
  }

  private void deny(Context ctx) {
    GroupName name = name(ctx);
    List<DeviceId> devices = GroupOrder.devicesAlone(body(ctx, AdminApi.MAX_IMPORT_BODY));
    answer(ctx, 200, () -> groups.deny(name, devices));
  }

  private void change(Context ctx) {
    GroupName name = name(ctx);
    Attributes bounds = GroupOrder.change(body(ctx, AdminApi.MAX_BODY));
    answer(ctx, 200, () -> groups.change(name, bounds));
  }

  private void revoke(Context ctx) {
    GroupName name = name(ctx);
    Attributes body = body(ctx, AdminApi.MAX_BODY);
    OrderMembers.requireKnown(body, "group", Set.of("reason", "withDevices"));
    String reason = AdminApi.reasonIn(body);
    boolean withDevices = body.flag("withDevices").orElse(false);
    answer(ctx, 200, () -> groups.revoke(name, reason, withDevices));
  }

  private static GroupName name(Context ctx) {
    try {
      return new GroupName(ctx.pathParam("name"));
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed("name", "write the name of a group in the path");
    }
  }
}
