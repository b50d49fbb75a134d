// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mooring.asn.association.AssociationKeys;
import org.mooring.common.certificate.CertificateFiles;
import org.mooring.common.dtls.CertificateCredential;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.ClientConfiguration;

/** A node whose certificate or public key opens the MAF. */
class PreProvisionedKeyPairTest {
  private static final ClientConfiguration TOLD = SampleState.full().configuration().orElseThrow();

  static Stream<MefCredential> eitherKind() {
    return Stream.of(SampleState.certificate(), SampleState.rawKey());
  }

  @ParameterizedTest
  @MethodSource("eitherKind")
  void theVaultGivesItBackAsItWas(MefCredential kind) {
    NodeState state = NodeState.factory(SampleState.keyPair(kind, TOLD));
    VaultFormat format =
        new VaultFormat(new Seal(SealedBy.KEY_FILE, SecretKeyBytes.random()), List.of());

    NodeState read = format.open(format.seal(state));

    assertThat(read.factory()).isEqualTo(SampleState.keyPair(kind, TOLD));
    assertThat(read.key(Rung.MAF)).isEqualTo(state.key(Rung.MAF)).isPresent();
    assertThat(read.configuration()).contains(TOLD);
    assertThat(read.stage(SampleState.NOW)).isEqualTo(NodeStage.AUTHENTICATED);
  }

  @Test
  void aCertificateIsShownToTheMafUnderItsNameThere() {
    NodeState state = NodeState.factory(SampleState.keyPair(SampleState.certificate(), TOLD));

    assertThat(AssociationKeys.opening(state, Rung.MAF))
        .isInstanceOfSatisfying(
            CertificateCredential.class,
            shown -> {
              assertThat(shown.identity())
                  .hasToString("32-a951f91dc462bc5b25b1c30dba88c869@maf.sp.example.org");
              assertThat(shown.own().key())
                  .isEqualTo(CertificateFiles.privateKey(SampleState.file("node.key")));
            });
  }

  @Test
  void aCertificateEndsByItselfAndAPublicKeyAtTheServer() {
    assertThat(SampleState.keyPair(SampleState.certificate(), TOLD).expires())
        .isEqualTo(SampleState.certificate().chain().get(0).getNotAfter().toInstant());
    assertThat(SampleState.keyPair(SampleState.rawKey(), TOLD).expires())
        .isEqualTo(M2mTimestamp.NEVER);
  }

  @Test
  void whatIsNoKeyPairOrForAnotherFunctionIsNone() {
    for (MefCredential other :
        List.of(SampleState.certificate(), SampleState.usim("coap://127.0.0.1:8090"))) {
      assertThatThrownBy(() -> new PreProvisionedKeyPair(other, TOLD))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("for the MAF or the registrar");
    }
  }

  @ParameterizedTest
  @MethodSource("eitherKind")
  void noTextOfItTellsTheKey(MefCredential kind) {
    PreProvisionedKeyPair pair = SampleState.keyPair(kind, TOLD);

    assertThat(
            pair.toString()
                + pair.held()
                + AssociationKeys.opening(NodeState.factory(pair), Rung.MAF))
        .doesNotContain("PRIVATE", "privateValue", "S:");
  }
}
