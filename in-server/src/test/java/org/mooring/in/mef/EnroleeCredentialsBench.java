// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.trust.TrustScenario;

/** A node with a Kpm, to which tests give further credentials from the factory. */
abstract class EnroleeCredentialsBench {
  static final KeyIdentifier PUMP = KeyIdentifier.parse("pump-1@mef.sp.example.org");
  static final PublicKeyId KEY = new PublicKeyId(PublicKeyId.Algorithm.SHA_256, "0a".repeat(32));

  @TempDir Path folder;
  TrustScenario scenario;
  Enrolee pump;

  @BeforeEach
  void aNodeWithAKpm() {
    scenario = TrustScenario.givenProvider(folder);
    pump = scenario.withEnrolee(node -> node.id(PUMP).entity(new CseId("/pump-1")));
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  final Enrolees.Added add(UnaryOperator<NewCredential.Builder> credential) {
    scenario.pass(Duration.ofSeconds(1));
    return scenario.does(
        tx ->
            scenario
                .enrolees()
                .credentials()
                .add(tx, PUMP, credential.apply(NewCredential.builder()).build(), "admin")
                .orElseThrow());
  }

  final KeyIdentifier withCertificate() {
    return add(c -> c.factoryKey(FactoryKey.CERTIFICATE)).credential().id();
  }

  final KeyIdentifier withPublicKey() {
    return add(c -> c.factoryKey(FactoryKey.PUBLIC_KEY).publicKey(KEY)).credential().id();
  }

  final Enrolee remove(KeyIdentifier credential) {
    KeyIdentifier id = known().id();
    return scenario.does(
        tx -> scenario.enrolees().credentials().remove(tx, id, credential, "admin").orElseThrow());
  }

  final Enrolee known() {
    return scenario.does(tx -> tx.enrolees().findByEntity(pump.entity()).orElseThrow());
  }

  final List<KeyIdentifier> fromFactory() {
    Enrolee enrolee = known();
    return scenario
        .<List<FactoryCredential>>does(tx -> tx.enrolees().credentialsOf(enrolee))
        .stream()
        .map(FactoryCredential::id)
        .toList();
  }

  final List<String> audited(KeyIdentifier subject) {
    return scenario.<List<AuditRecord>>does(tx -> tx.auditLog().latest(100)).stream()
        .filter(entry -> entry.subject().equals(subject.toString()))
        .map(AuditRecord::action)
        .toList();
  }

  final void assertInvalid(String message, UnaryOperator<NewCredential.Builder> credential) {
    long entries = scenario.auditEntries();
    assertThatThrownBy(() -> add(credential))
        .isInstanceOf(InvalidEnroleeException.class)
        .hasMessageContaining(message);
    assertThat(scenario.auditEntries()).isEqualTo(entries);
  }
}
