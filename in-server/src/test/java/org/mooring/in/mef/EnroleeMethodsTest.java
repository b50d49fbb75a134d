// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.credential.Credential;

/** The least method that an enrolee may enrol with, beside the credentials that it has. */
class EnroleeMethodsTest extends EnroleeCredentialsBench {
  private Enrolee setMinimum(Optional<EnrolmentMethod> least) {
    return scenario.does(
        tx -> scenario.enrolees().methods().setMinimum(tx, PUMP, least, "admin").orElseThrow());
  }

  @Test
  void aMinimumIsMetBySomethingThatTheNodeHas() {
    Optional<EnrolmentMethod> certificates = Optional.of(EnrolmentMethod.CERTIFICATE);
    assertThatThrownBy(() -> setMinimum(certificates))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith("minMethod: " + PUMP + " has no credential for certificate");

    KeyIdentifier certificate = withCertificate();
    assertThat(setMinimum(certificates).minMethod()).isEqualTo(certificates);
    assertThat(known().minMethod()).isEqualTo(certificates);
    assertThat(scenario.endedSessions()).contains(PUMP).doesNotContain(certificate);
    assertInvalid("method: psk is below the enrolee's minimum, certificate", c -> c);
    assertThatThrownBy(() -> remove(certificate))
        .as("the Kpm that is left would not do")
        .isInstanceOf(InvalidEnroleeException.class);

    assertThat(setMinimum(Optional.empty()).minMethod()).isEmpty();
    assertThat(audited(PUMP)).contains("ENROLEE_METHOD_CHANGED");
  }

  @Test
  void anEnroleeIsAddedWithWhatMeetsItsMinimum() {
    assertThatThrownBy(
            () -> scenario.withEnrolee(node -> node.minMethod(EnrolmentMethod.CERTIFICATE)))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith("method: psk is below");
    assertThatThrownBy(
            () ->
                scenario.withEnrolee(
                    node -> node.factoryKey(FactoryKey.KM).minMethod(EnrolmentMethod.PSK)))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageStartingWith("minMethod: a pre-provisioned node");

    Enrolee added =
        scenario.withEnrolee(
            node -> node.factoryKey(FactoryKey.CERTIFICATE).minMethod(EnrolmentMethod.RPK));
    assertThat(added.minMethod()).contains(EnrolmentMethod.RPK);
  }

  @Test
  void whatACredentialIsGoodForShowsInItself() {
    Credential publicKey = scenario.credential(withPublicKey());
    Credential certificate = scenario.credential(withCertificate());

    assertThat(MethodCheck.methodOf(publicKey)).contains(EnrolmentMethod.RPK);
    assertThat(MethodCheck.methodOf(certificate)).contains(EnrolmentMethod.CERTIFICATE);
    assertThat(MethodCheck.methodOf(scenario.credential(PUMP))).contains(EnrolmentMethod.PSK);
  }
}
