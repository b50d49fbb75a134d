// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.common.resource.EnrolmentMethod.CERTIFICATE;
import static org.mooring.common.resource.EnrolmentMethod.GBA;
import static org.mooring.common.resource.EnrolmentMethod.PSK;
import static org.mooring.common.resource.EnrolmentMethod.RPK;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodOrderTest {
  @Test
  void theDefaultHasAllAndPrefersWhatIsNotShared() {
    assertThat(MethodOrder.DEFAULT.text()).isEqualTo("certificate,rpk,gba,psk");
  }

  @Test
  void isReadAsItIsWritten() {
    MethodOrder order = MethodOrder.parse("gba, psk,certificate");

    assertThat(order.methods()).containsExactly(GBA, PSK, CERTIFICATE);
    assertThat(MethodOrder.parse(order.text())).isEqualTo(order);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "psk,", ",psk", "psk,,gba", "PSK", "preprovisioned", "psk,psk"})
  void namesKnownMethodsOnceEach(String text) {
    assertThatThrownBy(() -> MethodOrder.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("methods: ");
  }

  @Test
  void aMethodThatWasLeftOutHasNoPlace() {
    MethodOrder order = MethodOrder.parse("gba,psk");

    assertThat(order.has(RPK)).isFalse();
    assertThat(order.placeOf(RPK)).isNegative();
    assertThat(order.before(PSK)).containsExactly(GBA);
  }
}
