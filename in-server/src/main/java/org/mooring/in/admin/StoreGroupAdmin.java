// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import static org.mooring.in.admin.StoreAdminService.ACTOR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.KeyText;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.group.Device;
import org.mooring.in.group.Group;
import org.mooring.in.group.Groups;
import org.mooring.in.group.NewGroup;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;

/** Carries an operator's requests about groups out. */
public final class StoreGroupAdmin implements GroupAdmin {
  private static final int PAGE = 200;
  private static final int SHOWN_DEVICES = 1000;

  private final Transactions<Repositories> store;
  private final Groups groups;

  public StoreGroupAdmin(Transactions<Repositories> store, Groups groups) {
    this.store = store;
    this.groups = groups;
  }

  @Override
  public CompletionStage<Attributes> add(NewGroup wanted) {
    return store.write(
        tx -> {
          Groups.Added added = groups.add(tx, wanted, ACTOR);
          Attributes.Builder document = document(added.group(), tx.now()).toBuilder();
          if (added.key() instanceof Enrolees.Key.Generated generated) {
            document.put("groupKey", KeyText.hex(generated.octets()));
            generated.octets().destroy();
          }
          return document.build();
        });
  }

  @Override
  public CompletionStage<List<Attributes>> list() {
    return store.read(
        tx -> {
          List<Attributes> documents = new ArrayList<>();
          List<Group> page = groups.list(tx, "", PAGE);
          while (!page.isEmpty()) {
            page.forEach(group -> documents.add(document(group, tx.now())));
            page = groups.list(tx, page.get(page.size() - 1).name().value(), PAGE);
          }
          return List.copyOf(documents);
        });
  }

  @Override
  public CompletionStage<Attributes> show(GroupName name) {
    return store.read(tx -> shown(tx, name));
  }

  @Override
  public CompletionStage<Attributes> approve(GroupName name, List<DeviceId> devices) {
    return store.write(
        tx -> {
          groups.approve(tx, name, devices, ACTOR);
          return shown(tx, name);
        });
  }

  @Override
  public CompletionStage<Attributes> deny(GroupName name, List<DeviceId> devices) {
    return store.write(
        tx -> {
          groups.deny(tx, name, devices, ACTOR);
          return shown(tx, name);
        });
  }

  @Override
  public CompletionStage<Attributes> change(GroupName name, Attributes bounds) {
    Optional<Integer> claimLimit = GroupOrder.claimLimit(bounds);
    Optional<Instant> expires = GroupOrder.expires(bounds);
    return store.write(
        tx -> document(groups.change(tx, name, claimLimit, expires, ACTOR), tx.now()));
  }

  @Override
  public CompletionStage<Attributes> revoke(GroupName name, String reason, boolean withDevices) {
    CompletionStage<Attributes> revoked =
        store.write(
            tx ->
                document(
                    groups.revoke(tx, name, reason, ACTOR).orElseThrow(() -> unknown(name)),
                    tx.now()));
    return withDevices
        ? revoked.thenCompose(
            document -> revokeDevices(name, "", reason).thenApply(done -> document))
        : revoked;
  }

  /** Page by page, so that requests do not wait behind all of them. */
  private CompletionStage<Boolean> revokeDevices(GroupName name, String after, String reason) {
    return store
        .write(tx -> groups.revokeDevices(tx, name, after, PAGE, reason, ACTOR))
        .thenCompose(
            last ->
                last.isPresent()
                    ? revokeDevices(name, last.get(), reason)
                    : CompletableFuture.completedStage(true));
  }

  private Attributes shown(Repositories tx, GroupName name) {
    Group group = groups.find(tx, name).orElseThrow(() -> unknown(name));
    List<AttributeValue> waiting =
        groups.waiting(tx, name, SHOWN_DEVICES).stream()
            .<AttributeValue>map(device -> new AttributeValue.Members(document(device)))
            .toList();
    return document(group, tx.now()).toBuilder()
        .put("devices", new AttributeValue.Items(waiting))
        .build();
  }

  private static Attributes document(Device device) {
    return Attributes.builder()
        .put("device", device.id().device().value())
        .put("waitsSince", device.since().toString())
        .build();
  }

  private static Attributes document(Group group, Instant now) {
    Attributes.Builder document =
        Attributes.builder()
            .put("name", group.name().value())
            .put("approval", group.approval().text())
            .put("claimLimit", group.claimLimit())
            .put("claims", group.claims())
            .put("waiting", group.waiting())
            .put("expires", group.expiresAt().toString())
            .put("path", group.path().text())
            .put("enrolmentLifetime", group.enrolmentLifetime().toString())
            .put("status", status(group, now));
    group.hook().ifPresent(hook -> document.put("hook", hook.toString()));
    if (group.standing() instanceof Enrolee.Standing.Revoked revoked) {
      document.put("revokedAt", revoked.at().toString()).put("reason", revoked.reason());
    }
    return document.put("fingerprint", group.fingerprint()).build();
  }

  private static String status(Group group, Instant now) {
    if (group.isRevoked()) {
      return "revoked";
    }
    if (!now.isBefore(group.expiresAt())) {
      return "expired";
    }
    return group.claims() < group.claimLimit() ? "active" : "full";
  }

  private static AdminException unknown(GroupName name) {
    return AdminException.notFound("group", "there is no " + name + "; 'group list' shows them");
  }
}
