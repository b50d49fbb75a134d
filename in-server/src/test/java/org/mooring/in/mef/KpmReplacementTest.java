// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mooring.in.trust.TrustScenario.START;

import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential.Status;

/** Another Kpm for a node that may have further credentials. */
class KpmReplacementTest extends EnroleeCredentialsBench {
  @Test
  void aKpmIsReplacedWhereverItStands() {
    KeyIdentifier certificate = withCertificate();
    KeyIdentifier renewed = rekey(certificate).credential().id();
    assertThat(known().id()).isEqualTo(renewed);
    assertThat(scenario.statusOf(PUMP)).isEqualTo(Status.REMOVED);

    remove(renewed);
    assertThatThrownBy(() -> rekey(certificate)).hasMessageContaining("is of no Kpm");
  }

  @Test
  void ofSeveralKpmTheOneToReplaceIsNamed() {
    KeyIdentifier second = add(c -> c.expiresAt(START.plusSeconds(600))).credential().id();
    KeyIdentifier certificate = withCertificate();

    assertThatThrownBy(() -> rekey(certificate)).hasMessageContaining("several Kpm");
    KeyIdentifier renewed = rekey(second).credential().id();

    assertThat(fromFactory()).containsExactlyInAnyOrder(PUMP, certificate, renewed);
    assertThat(scenario.credential(renewed).expiresAt()).isEqualTo(START.plusSeconds(600));
    assertThat(scenario.statusOf(second)).isEqualTo(Status.REMOVED);
  }

  private Enrolees.Added rekey(KeyIdentifier id) {
    return scenario.does(
        tx ->
            scenario
                .enrolees()
                .credentials()
                .rekey(tx, id, NewCredential.builder(), "admin")
                .orElseThrow());
  }
}
