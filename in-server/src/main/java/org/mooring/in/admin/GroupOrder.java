// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.admin;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.KeyText;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.common.settings.DurationText;
import org.mooring.in.group.Approval;
import org.mooring.in.group.Groups;
import org.mooring.in.group.NewGroup;

/** What an operator decides about groups, as members of a request. */
final class GroupOrder {
  private static final String DEVICES = "devices";
  private static final String CLAIM_LIMIT = "claimLimit";
  private static final String EXPIRES = "expires";
  private static final Set<String> NEW =
      Set.of(
          "name",
          "groupKey",
          "approval",
          CLAIM_LIMIT,
          EXPIRES,
          "path",
          "enrolmentLifetime",
          "hook",
          DEVICES);

  private GroupOrder() {}

  /**
   * Reads an order for a group; {@code name}, {@code claimLimit} and {@code expires} have to be
   * there.
   *
   * @throws AdminException naming the member that is missing, unknown or malformed
   */
  static NewGroup newGroup(Attributes members) {
    OrderMembers.requireKnown(members, "group", NEW);
    GroupName name = required("name", OrderMembers.value(members, "name", GroupName::new));
    Instant expires =
        required(
            EXPIRES,
            OrderMembers.value(members, EXPIRES, text -> OrderMembers.instant(EXPIRES, text)));
    int claimLimit =
        claimLimit(members)
            .orElseThrow(() -> AdminException.malformed(CLAIM_LIMIT, "give 1 or more"));
    List<DeviceId> devices = members.has(DEVICES) ? devices(members) : List.of();
    @Nullable Approval approval = OrderMembers.value(members, "approval", GroupOrder::approval);
    @Nullable EnrolmentPath path = OrderMembers.value(members, "path", OrderMembers::path);
    @Nullable SecretKeyBytes key = OrderMembers.value(members, "groupKey", KeyText::parseInline);
    @Nullable Duration lifetime =
        OrderMembers.value(members, "enrolmentLifetime", DurationText::parse);
    @Nullable URI hook = OrderMembers.value(members, "hook", GroupOrder::uri);
    return new NewGroup(
        name,
        Optional.ofNullable(key),
        approval == null ? usualApproval(devices) : approval,
        claimLimit,
        expires,
        path == null ? EnrolmentPath.MAF : path,
        Optional.ofNullable(lifetime),
        Optional.ofNullable(hook),
        devices);
  }

  /** How many may claim; empty where it is left out. */
  static Optional<Integer> claimLimit(Attributes members) {
    if (!members.has(CLAIM_LIMIT)) {
      return Optional.empty();
    }
    OptionalLong given = members.whole(CLAIM_LIMIT);
    if (given.isEmpty() || given.getAsLong() < 1 || given.getAsLong() > Groups.MAX_CLAIMS) {
      throw AdminException.malformed(CLAIM_LIMIT, "give 1 to " + Groups.MAX_CLAIMS);
    }
    return Optional.of((int) given.getAsLong());
  }

  /** Until when devices may claim; empty where it is left out. */
  static Optional<Instant> expires(Attributes members) {
    return Optional.ofNullable(
        OrderMembers.value(members, EXPIRES, text -> OrderMembers.instant(EXPIRES, text)));
  }

  /** The new bounds of a group. */
  static Attributes change(Attributes members) {
    OrderMembers.requireKnown(members, "group", Set.of(CLAIM_LIMIT, EXPIRES));
    if (members.isEmpty()) {
      throw AdminException.malformed("group", "give claimLimit or expires");
    }
    return members;
  }

  /** The list of devices, the one member of an order about them. */
  static List<DeviceId> devicesAlone(Attributes members) {
    OrderMembers.requireKnown(members, "group", Set.of(DEVICES));
    return devices(members);
  }

  private static List<DeviceId> devices(Attributes members) {
    List<String> texts = members.texts(DEVICES);
    if (texts.isEmpty()) {
      throw AdminException.malformed(DEVICES, "give a list of device ids");
    }
    if (texts.size() > AdminApi.MAX_IMPORT_ENROLEES) {
      throw new AdminException(
          413, DEVICES, "send " + AdminApi.MAX_IMPORT_ENROLEES + " at a time at most");
    }
    try {
      return texts.stream().map(DeviceId::new).toList();
    } catch (IllegalArgumentException e) {
      throw AdminException.malformed(DEVICES, String.valueOf(e.getMessage()));
    }
  }

  /** Who sends a list means it. */
  private static Approval usualApproval(List<DeviceId> devices) {
    return devices.isEmpty() ? Approval.AUTO : Approval.LISTED;
  }

  private static Approval approval(String text) {
    return Approval.of(text)
        .orElseThrow(() -> new IllegalArgumentException("approval: write auto, manual or listed"));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("hook: write a URL");
    }
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw AdminException.malformed(name, "give it");
    }
    return value;
  }
}
