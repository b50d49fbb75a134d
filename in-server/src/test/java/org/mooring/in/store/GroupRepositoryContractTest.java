// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.DeviceId;
import org.mooring.common.identifier.GroupDevice;
import org.mooring.common.identifier.GroupName;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.group.Approval;
import org.mooring.in.group.Device;
import org.mooring.in.group.Group;
import org.mooring.in.mef.Enrolee;

/** Groups and their devices, on every database. */
abstract class GroupRepositoryContractTest extends StoreTest {
  private static final GroupName PUMPS = new GroupName("pumps");
  private static final Instant END = START.plusSeconds(90);

  private static Group group(GroupName name, Optional<URI> hook, int claimLimit) {
    return new Group(
        name,
        "0123456789ab",
        Approval.MANUAL,
        claimLimit,
        0,
        0,
        END,
        EnrolmentPath.DIRECT,
        Duration.ofDays(9),
        hook,
        new Enrolee.Standing.Active(),
        START);
  }

  private SecretKeyBytes add(Group group) throws Exception {
    SecretKeyBytes key = SecretKeyBytes.random();
    does(
        tx -> {
          tx.groups().add(group, key);
          return true;
        });
    return key;
  }

  private static GroupDevice device(String id) {
    return new GroupDevice(PUMPS, new DeviceId(id));
  }

  private void put(String id, Device.State state) throws Exception {
    does(
        tx -> {
          tx.groups().put(new Device(device(id), state, START));
          return true;
        });
  }

  private Group pumps() throws Exception {
    Optional<Group> found = does(tx -> tx.groups().find(PUMPS));
    return found.orElseThrow();
  }

  private Optional<SecretKeyBytes> key() throws Exception {
    return does(tx -> tx.groups().key(PUMPS));
  }

  private List<Device> waiting(String after, int limit) throws Exception {
    return does(tx -> tx.groups().waiting(PUMPS, after, limit));
  }

  @Test
  void aGroupComesBackAsItWasWithItsKey() throws Exception {
    Group pumps = group(PUMPS, Optional.of(URI.create("https://shop.example.org/claims")), 2);
    SecretKeyBytes key = add(pumps);

    assertThat(pumps()).isEqualTo(pumps);
    assertThat(key()).contains(key);
    assertThatThrownBy(() -> add(group(PUMPS, Optional.empty(), 9)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void groupsComePageByPageInTheOrderOfTheirNames() throws Exception {
    for (String name : List.of("c", "a", "b")) {
      add(group(new GroupName(name), Optional.empty(), 2));
    }

    List<Group> first = does(tx -> tx.groups().page("", 2));
    List<Group> second = does(tx -> tx.groups().page("b", 2));

    assertThat(first).extracting(group -> group.name().value()).containsExactly("a", "b");
    assertThat(second).extracting(group -> group.name().value()).containsExactly("c");
  }

  @Test
  void noMoreClaimThanMay() throws Exception {
    add(group(PUMPS, Optional.empty(), 2));
    assertThat(does(tx -> tx.groups().takePlace(PUMPS)).booleanValue()).isTrue();
    assertThat(does(tx -> tx.groups().takeWaitingPlace(PUMPS)).booleanValue()).isTrue();
    assertThat(does(tx -> tx.groups().takeWaitingPlace(PUMPS)).booleanValue())
        .as("one claimed, one waits")
        .isFalse();
    does(
        tx -> {
          tx.groups().giveWaitingPlace(PUMPS);
          return true;
        });
    assertThat(does(tx -> tx.groups().takePlace(PUMPS)).booleanValue()).isTrue();
    assertThat(does(tx -> tx.groups().takePlace(PUMPS)).booleanValue()).isFalse();
    assertThat(pumps()).returns(2, Group::claims).returns(0, Group::waiting);

    does(
        tx -> {
          tx.groups().setBounds(PUMPS, 3, END.plusSeconds(1));
          return true;
        });
    assertThat(pumps()).returns(3, Group::claimLimit).returns(END.plusSeconds(1), Group::expiresAt);
    assertThat(does(tx -> tx.groups().takePlace(PUMPS)).booleanValue()).isTrue();
  }

  @Test
  void aRevokedGroupHasNoKeyAndKeepsItsName() throws Exception {
    add(group(PUMPS, Optional.empty(), 2));
    Enrolee.Standing.Revoked revoked = new Enrolee.Standing.Revoked(START, "the line is done");

    does(
        tx -> {
          tx.groups().revoke(PUMPS, revoked);
          return true;
        });

    assertThat(pumps().standing()).isEqualTo(revoked);
    assertThat(key()).isEmpty();
    assertThatThrownBy(() -> add(group(PUMPS, Optional.empty(), 9)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aDeviceGoesFromStateToState() throws Exception {
    add(group(PUMPS, Optional.empty(), 2));
    Device.State claimed = new Device.State.Claimed(new CseId("/asn-1"));

    for (Device.State state :
        List.of(
            new Device.State.Waiting(),
            new Device.State.Denied(),
            new Device.State.Approved(),
            claimed)) {
      put("SN-1", state);
      Optional<Device> found = does(tx -> tx.groups().device(device("SN-1")));
      assertThat(found).contains(new Device(device("SN-1"), state, START));
    }

    Optional<Device> byCse = does(tx -> tx.groups().deviceOf(new CseId("/asn-1")));
    assertThat(byCse).map(Device::id).contains(device("SN-1"));
    Optional<Device> other = does(tx -> tx.groups().device(device("sn-1")));
    assertThat(other).as("in its own case").isEmpty();
    assertThatThrownBy(() -> put("SN-2", claimed)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void devicesComePageByPageByTheirState() throws Exception {
    add(group(PUMPS, Optional.empty(), 9));
    for (String id : List.of("c", "a", "b")) {
      put(id, new Device.State.Waiting());
    }
    put("d", new Device.State.Claimed(new CseId("/asn-d")));
    put("e", new Device.State.Approved());

    assertThat(waiting("", 2)).extracting(d -> d.id().device().value()).containsExactly("a", "b");
    assertThat(waiting("b", 2)).extracting(d -> d.id().device().value()).containsExactly("c");
    List<Device> claimed = does(tx -> tx.groups().claimed(PUMPS, "", 9));
    assertThat(claimed).extracting(d -> d.id().device().value()).containsExactly("d");
  }

  @Test
  void noDeviceStandsWithoutItsGroup() {
    assertThatThrownBy(() -> put("SN-1", new Device.State.Approved()))
        .isInstanceOf(RuntimeException.class);
  }
}
