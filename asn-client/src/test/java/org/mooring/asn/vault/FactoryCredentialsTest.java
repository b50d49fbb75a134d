// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.FactoryCredentials.Member;
import org.mooring.asn.vault.FactoryCredentials.Verdict;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;

/** Which of several credentials a node takes, and what it remembers of each. */
class FactoryCredentialsTest {
  private static final FactoryCredential CERTIFICATE = SampleState.certificate();
  private static final FactoryCredential RAW_KEY = SampleState.rawKey();
  private static final FactoryCredential KPM = SampleState.factory().factory();
  private static final FactoryCredentials ALL =
      FactoryCredentials.of(List.of(CERTIFICATE, RAW_KEY, KPM));

  private static FactoryCredentials refused(FactoryCredentials credentials) {
    return credentials.passedOver(Verdict.REFUSED, "an alert");
  }

  private static FactoryCredentials barred(FactoryCredentials credentials) {
    return credentials.passedOver(Verdict.BARRED, "4107");
  }

  private static List<Verdict> verdicts(FactoryCredentials credentials) {
    return credentials.members().stream().map(Member::verdict).toList();
  }

  @Test
  void areTheSameWithTheSameCredentialsVerdictsAndPosition() {
    FactoryCredentials equal =
        FactoryCredentials.of(List.of(CERTIFICATE, RAW_KEY, KPM.reachedAt(KPM.host(), KPM.port())));

    assertThat(equal).isEqualTo(ALL).hasSameHashCodeAs(ALL);
    assertThat(ALL)
        .isNotEqualTo(FactoryCredentials.of(List.of(CERTIFICATE, KPM, RAW_KEY)))
        .isNotEqualTo(ALL.reachedAt(KPM.host(), KPM.port() + 1))
        .isNotEqualTo(barred(barred(barred(ALL))))
        .isNotEqualTo(new FactoryCredentials(ALL.members(), 1))
        .isNotEqualTo(KPM);
  }

  @Test
  void theyFollowEachOtherInACircle() {
    assertThat(ALL.inUse()).isEqualTo(CERTIFICATE);
    assertThat(refused(ALL).inUse()).isEqualTo(RAW_KEY);
    assertThat(refused(refused(ALL)).inUse()).isEqualTo(KPM);
    FactoryCredentials around = refused(refused(refused(ALL)));
    assertThat(around.isFirstInUse()).isTrue();
    assertThat(around.isOpenInUse()).isFalse();
    assertThat(verdicts(around)).containsOnly(Verdict.REFUSED);
    assertThat(refused(around).inUse()).isEqualTo(RAW_KEY);
  }

  @Test
  void anEnrolmentUnderWayGoesOnWhereItWas() {
    assertThat(refused(ALL).begun()).isEqualTo(refused(ALL));
    assertThat(barred(refused(ALL)).begun().inUse()).isEqualTo(KPM);
  }

  @Test
  void anEnrolmentThatSucceededForgetsRefusalsAndTheNextBeginsWithTheFirst() {
    FactoryCredentials enrolled = refused(ALL).enrolledWith(RAW_KEY.id());

    assertThat(enrolled.inUse()).isEqualTo(RAW_KEY);
    assertThat(verdicts(enrolled)).containsOnly(Verdict.OPEN);
    assertThat(enrolled.begun().inUse()).isEqualTo(CERTIFICATE);
  }

  @Test
  void whyOneWasNotTakenIsToldUntilItIs() {
    FactoryCredentials enrolled = refused(ALL).enrolledWith(RAW_KEY.id());

    assertThat(enrolled.members().get(0).reason()).isEqualTo("an alert");
    assertThat(enrolled.begun().enrolledWith(CERTIFICATE.id()).members().get(0).reason()).isEmpty();
  }

  @Test
  void whatTheMefBarredIsNotBegunWithUntilItIsTakenAfterAll() {
    FactoryCredentials enrolled = refused(barred(ALL)).enrolledWith(KPM.id());

    assertThat(verdicts(enrolled)).containsExactly(Verdict.BARRED, Verdict.OPEN, Verdict.OPEN);
    assertThat(enrolled.begun().inUse()).isEqualTo(RAW_KEY);
    assertThat(enrolled.enrolledWith(CERTIFICATE.id()).begun().inUse()).isEqualTo(CERTIFICATE);
  }

  @Test
  void whereAllAreBarredTheCircleGoesOn() {
    FactoryCredentials all = barred(barred(barred(barred(ALL))));

    assertThat(all.begun().inUse()).isEqualTo(RAW_KEY);
  }

  @Test
  void aSingleOneStaysInUseWhateverItMeets() {
    FactoryCredentials single = FactoryCredentials.of(KPM);

    assertThat(refused(single).inUse()).isEqualTo(KPM);
    assertThat(barred(single).begun().inUse()).isEqualTo(KPM);
    assertThat(single.hasOthers()).isFalse();
  }

  @Test
  void whatWasLearntFollowsTheCredentialIntoAnotherList() {
    FactoryCredentials former = barred(ALL);
    FactoryCredentials reordered = FactoryCredentials.of(List.of(KPM, RAW_KEY, CERTIFICATE));

    FactoryCredentials learnt = reordered.learntFrom(former);

    assertThat(learnt.inUse()).isEqualTo(RAW_KEY);
    assertThat(verdicts(learnt)).containsExactly(Verdict.OPEN, Verdict.OPEN, Verdict.BARRED);
    assertThat(ALL.learntFrom(former)).isEqualTo(former);
    assertThat(FactoryCredentials.of(List.of(CERTIFICATE, KPM)).learntFrom(former).inUse())
        .isEqualTo(KPM);
  }

  @Test
  void severalAreForOneMefAtOnePlaceAndEachStandsOnce() {
    NodeState full = SampleState.full();
    PreProvisionedKey km =
        new PreProvisionedKey(
            KeyIdentifier.parse("km@maf.sp.example.org"),
            SampleState.KE,
            Rung.MAF,
            SampleState.NOW,
            full.configuration().orElseThrow(),
            "127.0.0.1",
            5684);

    assertThatThrownBy(() -> FactoryCredentials.of(List.of()))
        .hasMessageContaining("give at least one");
    for (FactoryCredential other : List.of(km, KPM.reachedAt("elsewhere", 5684))) {
      assertThatThrownBy(() -> FactoryCredentials.of(List.of(CERTIFICATE, other)))
          .hasMessageContaining("for one MEF only");
    }
    assertThatThrownBy(() -> FactoryCredentials.of(List.of(KPM, KPM)))
        .hasMessageContaining("each one once");
    assertThat(FactoryCredentials.of(km).inUse()).isEqualTo(km);
  }

  @Test
  void anotherMefIsOfferedOnlyWhatItCanKnow() {
    Fqdn other = new Fqdn("mef.next.example.org");

    assertThat(refused(ALL).at(other, "next.example.org", 5684).orElseThrow())
        .satisfies(
            next -> {
              assertThat(next.ofKind(BootstrapCredential.class)).isEmpty();
              assertThat(next.members()).hasSize(2);
              assertThat(verdicts(next)).containsOnly(Verdict.OPEN);
            });
    assertThat(FactoryCredentials.of(KPM).at(other, "next.example.org", 5684)).isEmpty();
  }

  @Test
  void oneThatJoinsLeavesTheNodeItsIssuedCertificatesAndOneThatGoesEndsThem() {
    NodeState state =
        SampleState.full().toBuilder()
            .certificates(
                HeldCertificates.NONE.requesting(
                    new CertificateKey(SampleState.KE, new byte[] {1})))
            .build();

    NodeState joined =
        state.toBuilder().factory(FactoryCredentials.of(List.of(CERTIFICATE, KPM))).build();
    NodeState gone = joined.toBuilder().factory(CERTIFICATE).build();

    assertThat(joined.certificates().requested()).isPresent();
    assertThat(joined.key(Rung.ENROLMENT)).isEqualTo(state.key(Rung.ENROLMENT));
    assertThat(joined.applications()).isEqualTo(state.applications());
    assertThat(gone.certificates().requested()).isEmpty();
    assertThat(gone.key(Rung.ENROLMENT)).isEqualTo(state.key(Rung.ENROLMENT));
  }
}
