// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.asn.vault.Function;
import org.mooring.asn.vault.HeldKey;
import org.mooring.asn.vault.HeldKeys;
import org.mooring.asn.vault.Lease;
import org.mooring.asn.vault.NodeState;
import org.mooring.asn.vault.Registration;
import org.mooring.asn.vault.Rung;
import org.mooring.asn.vault.UbAddress;
import org.mooring.asn.vault.UsimCredential;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.Rand;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;

/** What a node with a USIM does next. */
class UsimPlanTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  private static final KeyIdentifier LINK = KeyIdentifier.parse("link@maf.sp.example.org");
  private static final NodeState FACTORY =
      NodeState.factory(
          new UsimCredential(
              Impi.parse("001@ims.example.org"),
              SecretKeyBytes.random(),
              MEF,
              UbAddress.parse("coap://127.0.0.1:8090"),
              "127.0.0.1",
              5684));
  private static final ClientConfiguration CONFIGURATION =
      new ClientConfiguration(
          new NodeId("urn:uuid:1"),
          new CseId("/asn-1"),
          new CseId("//sp.example.org/id-in"),
          new Fqdn("id-in.sp.example.org"),
          List.of(),
          MEF,
          new Fqdn("maf.sp.example.org"),
          List.of(),
          EnrolmentPath.MAF);

  private static NodeState bootstrapped(NodeState state, Lease lease) {
    return state.toBuilder()
        .key(
            Rung.ENROLMENT,
            new HeldKey(
                new TransactionId(Rand.random(), MEF).identifier(),
                SecretKeyBytes.random(),
                state.factory().id(),
                lease))
        .withoutRegistration(Function.MEF)
        .build();
  }

  private static NodeState configured(NodeState state) {
    Lease lease = state.key(Rung.ENROLMENT).orElseThrow().lease();
    return state.toBuilder()
        .configuration(CONFIGURATION)
        .registration(Function.MEF, new Registration("ri", lease))
        .clockOffset(Duration.ZERO)
        .build();
  }

  private static Lease lease() {
    return new Lease(NOW.plusSeconds(1000), NOW.plusSeconds(800));
  }

  private static LifeStep next(NodeState state, Optional<KeyIdentifier> link) {
    return LifePlan.next(state, NOW, link).orElseThrow().step();
  }

  @Test
  void itBootstrapsThenAsksForItsConfigurationThenGoesToTheMaf() {
    assertThat(next(FACTORY, Optional.empty())).isEqualTo(LifeStep.ENROL);
    NodeState bootstrapped = bootstrapped(FACTORY, lease());
    assertThat(LifePlan.next(bootstrapped, NOW, Optional.empty()))
        .contains(new LifePlan.Move(LifeStep.CONFIGURE, Rung.ENROLMENT, false));
    assertThat(next(configured(bootstrapped), Optional.empty())).isEqualTo(LifeStep.AUTHENTICATE);
  }

  @Test
  void aKeyThatTheMefDoesNotTakeIsMadeAnew() {
    NodeState refused =
        bootstrapped(FACTORY, lease()).toBuilder()
            .failures(Rung.ENROLMENT, HeldKeys.FAILURES_TO_LOSE_A_RUNG)
            .build();

    assertThat(next(refused, Optional.empty())).isEqualTo(LifeStep.ENROL);
  }

  @Test
  void aClockThatIsAheadDoesNotKeepItFromItsConfiguration() {
    NodeState ended = bootstrapped(FACTORY, new Lease(NOW.minusSeconds(1), NOW.minusSeconds(1)));

    assertThat(next(ended, Optional.empty())).isEqualTo(LifeStep.CONFIGURE);
    assertThat(next(ended.toBuilder().clockOffset(Duration.ZERO).build(), Optional.empty()))
        .isEqualTo(LifeStep.ENROL);
  }

  @Test
  void aKeyIsRenewedBeforeItsEndAndRegisteredAnew() {
    NodeState due =
        configured(bootstrapped(FACTORY, new Lease(NOW.plusSeconds(100), NOW.minusSeconds(1))));
    assertThat(next(due, Optional.of(LINK))).isEqualTo(LifeStep.ENROL);

    NodeState renewed = bootstrapped(due, lease());
    assertThat(next(renewed, Optional.of(LINK))).isEqualTo(LifeStep.CONFIGURE);
    assertThat(next(configured(renewed), Optional.of(LINK))).isEqualTo(LifeStep.AUTHENTICATE);
  }
}
