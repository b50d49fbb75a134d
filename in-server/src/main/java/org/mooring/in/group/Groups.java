// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.Enrolees;
import org.mooring.in.provider.ServiceProvider;

/** What an operator does with groups. */
public final class Groups {
  /** The most devices that a group may let claim. */
  public static final int MAX_CLAIMS = 1_000_000;

  private static final int WEAK_BELOW_OCTETS = 16;

  private final ServiceProvider provider;
  private final Enrolees enrolees;

  public Groups(ServiceProvider provider, Enrolees enrolees) {
    this.provider = provider;
    this.enrolees = enrolees;
  }

  /** A group that was added, with its key where it was made here. */
  public record Added(Group group, Enrolees.Key key) {}

  /**
   * Adds a group with the devices that are approved from the start.
   *
   * @throws InvalidGroupException if a field does not fit or the name was used before
   */
  public Added add(GroupStore store, NewGroup wanted, String actor) {
    wanted.key().ifPresent(Groups::requireStrength);
    requireUnused(store, wanted.name());
    requireBounds(store, wanted.claimLimit(), wanted.expiresAt());
    wanted.hook().ifPresent(Groups::requireSafe);
    SecretKeyBytes key = wanted.key().orElseGet(SecretKeyBytes::random);
    Group group =
        new Group(
            wanted.name(),
            key.fingerprint(),
            wanted.approval(),
            wanted.claimLimit(),
            0,
            0,
            wanted.expiresAt(),
            wanted.path(),
            wanted.enrolmentLifetime().orElse(provider.lifetimes().enrolment()),
            wanted.hook(),
            new Enrolee.Standing.Active(),
            store.now());
    store.groups().add(group, key);
    store
        .audit()
        .record(
            actor,
            AuditAction.GROUP_ADDED,
            group.name().value(),
            Attributes.builder()
                .put("approval", group.approval().text())
                .put("claimLimit", group.claimLimit())
                .put("groupKey", group.fingerprint())
                .build());
    approve(store, group.name(), wanted.devices(), actor);
    return new Added(
        group,
        wanted.key().isPresent() ? new Enrolees.Key.Given() : new Enrolees.Key.Generated(key));
  }

  /** The group; empty for an unknown one. */
  public Optional<Group> find(GroupStore store, GroupName name) {
    return store.groups().find(name);
  }

  /** A page of groups in the order of their names, see {@link GroupRepository#page}. */
  public List<Group> list(GroupStore store, String after, int limit) {
    return store.groups().page(after, limit);
  }

  /** The first of the devices that wait for the operator. */
  public List<Device> waiting(GroupStore store, GroupName name, int limit) {
    return store.groups().waiting(name, "", limit);
  }

  /**
   * Lets devices claim, whether they wait, were denied or never came. Nothing changes for those
   * that claimed.
   *
   * @throws InvalidGroupException if the group takes no more claims, or an id makes no KpmId
   */
  public void approve(GroupStore store, GroupName name, List<DeviceId> devices, String actor) {
    requireActive(store, name);
    decide(
        store,
        name,
        devices,
        new Device.State.Approved(),
        AuditAction.GROUP_DEVICE_APPROVED,
        actor);
  }

  /** Keeps devices from claiming, likewise; for one that claimed, 'enrolee revoke' does. */
  public void deny(GroupStore store, GroupName name, List<DeviceId> devices, String actor) {
    requireActive(store, name);
    decide(store, name, devices, new Device.State.Denied(), AuditAction.GROUP_DEVICE_DENIED, actor);
  }

  /** Decides on a device if it waits still; its group may have been revoked meanwhile. */
  public void decideOnWaiting(GroupStore store, GroupDevice id, boolean approved, String actor) {
    boolean stillWaits =
        store.groups().device(id).filter(Device::isWaiting).isPresent()
            && store.groups().find(id.group()).filter(group -> !group.isRevoked()).isPresent();
    if (stillWaits && approved) {
      approve(store, id.group(), List.of(id.device()), actor);
    } else if (stillWaits) {
      deny(store, id.group(), List.of(id.device()), actor);
    }
  }

  private void decide(
      GroupStore store,
      GroupName name,
      List<DeviceId> devices,
      Device.State state,
      AuditAction action,
      String actor) {
    for (DeviceId device : devices) {
      GroupDevice id = new GroupDevice(name, device);
      String kpmId = checkedKpmId(id);
      Optional<Device> before = store.groups().device(id);
      if (before.filter(Device::isClaimed).isPresent()) {
        continue;
      }
      if (before.filter(Device::isWaiting).isPresent()) {
        store.groups().giveWaitingPlace(name);
      }
      store.groups().put(new Device(id, state, store.now()));
      store.audit().record(actor, action, kpmId);
    }
  }

  /**
   * Sets how many may claim, and until when; none: as before. A limit below what was claimed ends
   * claiming.
   *
   * @throws InvalidGroupException if a value does not fit or the group was revoked
   */
  public Group change(
      GroupStore store,
      GroupName name,
      Optional<Integer> claimLimit,
      Optional<Instant> expiresAt,
      String actor) {
    Group before = requireActive(store, name);
    int limit = claimLimit.orElse(before.claimLimit());
    Instant end = expiresAt.orElse(before.expiresAt());
    requireBounds(store, limit, expiresAt.isPresent() ? end : Instant.MAX);
    store.groups().setBounds(name, limit, end);
    store
        .audit()
        .record(
            actor,
            AuditAction.GROUP_CHANGED,
            name.value(),
            Attributes.builder().put("claimLimit", limit).put("expires", end.toString()).build());
    return store.groups().find(name).orElseThrow();
  }

  /**
   * Ends claiming for good and wipes the key; the devices that claimed go on. Again for a revoked
   * one, nothing changes.
   *
   * @return the group as it stands now, empty for an unknown one
   */
  public Optional<Group> revoke(GroupStore store, GroupName name, String reason, String actor) {
    Optional<Group> group = store.groups().find(name);
    if (group.filter(found -> !found.isRevoked()).isPresent()) {
      store.groups().revoke(name, new Enrolee.Standing.Revoked(store.now(), reason));
      store
          .audit()
          .record(
              actor,
              AuditAction.GROUP_REVOKED,
              name.value(),
              Attributes.builder().put("reason", reason).build());
    }
    return store.groups().find(name);
  }

  /**
   * Revokes a page of the enrolees that came from a group.
   *
   * @param after the device before the first, empty to begin
   * @return the last device of the page, empty if there was none
   */
  public Optional<String> revokeDevices(
      GroupStore store, GroupName name, String after, int limit, String reason, String actor) {
    List<Device> page = store.groups().claimed(name, after, limit);
    for (Device device : page) {
      if (device.state() instanceof Device.State.Claimed claimed) {
        enroleeOf(store, claimed.entity())
            .ifPresent(enrolee -> enrolees.revoke(store, enrolee.id(), reason, actor));
      }
    }
    return page.isEmpty()
        ? Optional.empty()
        : Optional.of(page.get(page.size() - 1).id().device().value());
  }

  private static Optional<Enrolee> enroleeOf(GroupStore store, EntityId entity) {
    return store.enrolees().findByEntity(entity);
  }

  private Group requireActive(GroupStore store, GroupName name) {
    Group group =
        store
            .groups()
            .find(name)
            .orElseThrow(
                () ->
                    new InvalidGroupException(
                        "group: there is no " + name + "; 'group list' shows them"));
    if (group.isRevoked()) {
      throw new InvalidGroupException("group: " + name + " was revoked, add a new one");
    }
    return group;
  }

  private static void requireUnused(GroupStore store, GroupName name) {
    if (store.groups().find(name).isPresent()) {
      throw new InvalidGroupException("name: " + name + " was used before, choose another");
    }
  }

  private static void requireBounds(GroupStore store, int claimLimit, Instant expiresAt) {
    if (claimLimit < 1 || claimLimit > MAX_CLAIMS) {
      throw new InvalidGroupException("claimLimit: give 1 to " + MAX_CLAIMS);
    }
    if (!expiresAt.isAfter(store.now())) {
      throw new InvalidGroupException("expires: give a time in the future");
    }
  }

  private static void requireStrength(SecretKeyBytes key) {
    if (key.length() < WEAK_BELOW_OCTETS) {
      throw new InvalidGroupException(
          "groupKey: give at least " + WEAK_BELOW_OCTETS + " octets, it stands for every device");
    }
  }

  /** What it tells of devices stays private, and its decisions are nobody else's. */
  private static void requireSafe(URI hook) {
    boolean onLoopback =
        "http".equals(hook.getScheme())
            && hook.getHost() != null
            && hook.getHost().matches("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    boolean isSafe = onLoopback || "https".equals(hook.getScheme()) && hook.getHost() != null;
    if (!isSafe || hook.getUserInfo() != null) {
      throw new InvalidGroupException(
          "hook: write https://…, or http://… on the loopback, without a password");
    }
  }

  private String checkedKpmId(GroupDevice id) {
    try {
      return id.kpmId(provider.mef()).toString();
    } catch (IdentifierSyntaxException e) {
      throw new InvalidGroupException(
          "devices: " + id.device() + " makes a KpmId of over 128 octets");
    }
  }
}
