// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;

class InstanceNameTest {
  private static final CseId NODE = new CseId("//sp.example.org/asn-1");

  private static InstanceName name(String instance, EntityId node) {
    return new InstanceName(new AppId("Nmeter"), new AppInstanceId(instance), node);
  }

  @Test
  void theAeIdIsTheAppInstIdBelowTheNodesCseId() {
    assertThat(name("C1", NODE).aeId()).contains(new AeId("//sp.example.org/asn-1/C1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "1", "S1", "c1"})
  void anAppInstIdThatIsNoStemOfARegistrarsMakesNoAeId(String instance) {
    assertThat(name(instance, NODE).aeId()).isEmpty();
  }

  @Test
  void aNodeWithoutACseIsNobodysRegistrar() {
    assertThat(name("C1", new AeId("//sp.example.org/Sthermo")).aeId()).isEmpty();
  }
}
