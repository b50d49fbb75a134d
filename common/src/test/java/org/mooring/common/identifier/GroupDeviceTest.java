// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;

/** Names of groups, ids of their devices, and the KpmIds made of both. */
class GroupDeviceTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");

  @Provide
  Arbitrary<String> groups() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .numeric()
        .withChars('-')
        .ofMinLength(1)
        .ofMaxLength(32)
        .filter(text -> text.charAt(0) != '-');
  }

  @Provide
  Arbitrary<String> devices() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars("._-")
        .ofMinLength(1)
        .ofMaxLength(64)
        .filter(text -> Character.isLetterOrDigit(text.charAt(0)));
  }

  @Property(tries = 300)
  void aKpmIdNamesItsDeviceAndNoOther(
      @ForAll("groups") String group, @ForAll("devices") String device) {
    GroupDevice given = new GroupDevice(new GroupName(group), new DeviceId(device));

    KeyIdentifier kpmId = given.kpmId(MEF);

    assertThat(GroupDevice.of(KeyIdentifier.parse(kpmId.toString()))).contains(given);
    assertThat(kpmId.relativeKeyId()).isEmpty();
  }

  @Property(tries = 300)
  void twoDevicesHaveTwoKeys(
      @ForAll("groups") String group,
      @ForAll("devices") String one,
      @ForAll("devices") String other) {
    SecretKeyBytes groupKey = SecretKeyBytes.copyOf(new byte[32]);
    GroupName name = new GroupName(group);

    SecretKeyBytes key = KeyLadder.groupDevice(groupKey, new GroupDevice(name, new DeviceId(one)));

    assertThat(key.length()).isEqualTo(32);
    assertThat(
            key.equals(KeyLadder.groupDevice(groupKey, new GroupDevice(name, new DeviceId(other)))))
        .isEqualTo(one.equals(other));
  }

  @Property(tries = 300)
  void anyTextIsAnIdOrAnError(@ForAll @StringLength(max = 70) String text) {
    if (DeviceId.isValid(text)) {
      assertThat(new DeviceId(text)).hasToString(text);
    } else {
      assertThatThrownBy(() -> new DeviceId(text)).isInstanceOf(IdentifierSyntaxException.class);
    }
    if (GroupName.isValid(text)) {
      assertThat(new GroupName(text)).hasToString(text);
    } else {
      assertThatThrownBy(() -> new GroupName(text)).isInstanceOf(IdentifierSyntaxException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pump", "Pumps.sn1", "-pumps.sn1", ".sn1", "pumps.", "pumps.-1", "pumps.a/b"})
  void otherKpmIdsNameNoDevice(String relative) {
    assertThat(GroupDevice.of(new KeyIdentifier(relative, MEF))).isEmpty();
  }

  @Test
  void theFirstDotEndsTheName() {
    assertThat(GroupDevice.of(new KeyIdentifier("pumps.a.b", MEF)))
        .contains(new GroupDevice(new GroupName("pumps"), new DeviceId("a.b")));
  }

  /** Only identifiers of 32 hex digits are folded, and an id behind a name is none. */
  @Test
  void theCaseOfADeviceIdCounts() {
    KeyIdentifier hex = new KeyIdentifier("pumps.00ff00ff00ff00ff00ff00ff00ff00ff", MEF);

    assertThat(GroupDevice.of(hex).orElseThrow().device().value())
        .isEqualTo("00ff00ff00ff00ff00ff00ff00ff00ff");
  }

  @Test
  void aKpmIdThatIsTooLongIsRefused() {
    GroupDevice device =
        new GroupDevice(new GroupName("g".repeat(32)), new DeviceId("d".repeat(64)));

    assertThatThrownBy(() -> device.kpmId(new Fqdn("mef.a-provider-with-a-long-name.example.org")))
        .isInstanceOf(IdentifierSyntaxException.class);
  }
}
