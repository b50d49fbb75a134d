// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.FactoryCredential;
import org.mooring.in.mef.FactoryKey;
import org.mooring.in.mef.Registrar;

/** Enrolees, with one credential and several, on every database. */
abstract class EnroleeRepositoryContractTest extends StoreTest {
  private static final Fqdn MEF = new Fqdn("mef.sp.example.org");
  private static final KeyIdentifier KPM = new KeyIdentifier("pump", MEF);
  private static final Enrolee PUMP =
      new Enrolee(
          KPM,
          FactoryKey.KPM,
          "0123456789ab",
          M2mTimestamp.NEVER,
          new NodeId("urn:uuid:1"),
          new CseId("/pump"),
          EnrolmentPath.DIRECT,
          Duration.ofDays(9),
          M2mTimestamp.NEVER,
          new Enrolee.Standing.Active(),
          Optional.empty(),
          Optional.of(new Registrar(new CseId("/gateway"), Optional.of("coaps://gateway.local"))),
          Optional.of(new AppId("Npump")),
          START);

  private void add(Enrolee enrolee) throws Exception {
    does(
        tx -> {
          tx.enrolees().add(enrolee);
          return true;
        });
  }

  @Test
  void anEnroleeComesBackAsItWas() throws Exception {
    add(PUMP);
    assertThat(maybe(tx -> tx.enrolees().find(KPM))).contains(PUMP);
    assertThat(maybe(tx -> tx.enrolees().findByEntity(PUMP.entity()))).contains(PUMP);
    assertThat(maybe(tx -> tx.enrolees().findByNode(PUMP.nodeId()))).contains(PUMP);
    assertThat(all(tx -> tx.enrolees().page("", 10))).containsExactly(PUMP);
    assertThat(all(tx -> tx.enrolees().page(KPM.toString(), 10))).isEmpty();
    Enrolee.Standing revoked = new Enrolee.Standing.Revoked(START, "stolen");
    does(
        tx -> {
          tx.enrolees().setStanding(KPM, revoked);
          return true;
        });
    assertThat(maybe(tx -> tx.enrolees().find(KPM)).orElseThrow().standing()).isEqualTo(revoked);
    Enrolee.Standing retired = new Enrolee.Standing.Retired(START, "");
    does(
        tx -> {
          tx.enrolees().setStanding(KPM, retired);
          return true;
        });
    assertThat(maybe(tx -> tx.enrolees().find(KPM)).orElseThrow().standing()).isEqualTo(retired);

    Enrolee ending = subscribedUntil(START.plusSeconds(1));
    add(ending);
    assertThat(maybe(tx -> tx.enrolees().find(ending.id()))).contains(ending);
  }

  @Test
  void theEndOfASubscriptionIsFoundUntilItIsRecorded() throws Exception {
    Instant end = START.plusSeconds(9);
    add(PUMP);
    add(subscribedUntil(START.plusSeconds(10)));
    assertThat(all(tx -> tx.enrolees().endedBefore(M2mTimestamp.NEVER, 10)))
        .as("without an end there is none to record")
        .hasSize(1);

    does(
        tx -> {
          tx.enrolees().setSubscriptionEnd(KPM, end);
          return true;
        });

    assertThat(maybe(tx -> tx.enrolees().find(KPM)).orElseThrow().subscribedUntil()).isEqualTo(end);
    assertThat(all(tx -> tx.enrolees().endedBefore(end.minusMillis(1), 10))).isEmpty();
    assertThat(all(tx -> tx.enrolees().endedBefore(end, 10)))
        .extracting(Enrolee::id)
        .containsExactly(KPM);
    assertThat(all(tx -> tx.enrolees().endedBefore(end.plusSeconds(1), 1))).hasSize(1);
    does(
        tx -> {
          tx.enrolees().noteEndRecorded(KPM);
          return true;
        });
    assertThat(all(tx -> tx.enrolees().endedBefore(end, 10))).isEmpty();
    does(
        tx -> {
          tx.enrolees().setSubscriptionEnd(KPM, end);
          return true;
        });
    assertThat(all(tx -> tx.enrolees().endedBefore(end, 10))).hasSize(1);
  }

  /** One that has nothing in common with the other. */
  private static Enrolee subscribedUntil(Instant end) {
    return new Enrolee(
        new KeyIdentifier("other", MEF),
        FactoryKey.KPM,
        "ba9876543210",
        M2mTimestamp.NEVER,
        new NodeId("urn:uuid:2"),
        new CseId("/other"),
        EnrolmentPath.MAF,
        Duration.ofDays(9),
        end,
        new Enrolee.Standing.Active(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        START);
  }

  @Test
  void anEnroleeIsFoundByEachOfItsCredentials() throws Exception {
    FactoryCredential later = further("32-b", FactoryKey.CERTIFICATE, START.plusSeconds(2));
    FactoryCredential earlier = further("30-a", FactoryKey.PUBLIC_KEY, START.plusSeconds(1));
    does(
        tx -> {
          tx.enrolees().add(PUMP);
          tx.enrolees().addFurther(PUMP.entity(), later);
          tx.enrolees().addFurther(PUMP.entity(), earlier);
          return true;
        });

    assertThat(maybe(tx -> tx.enrolees().find(later.id()))).contains(PUMP);
    assertThat(all(tx -> tx.enrolees().credentialsOf(PUMP)))
        .containsExactly(PUMP.first(), earlier, later);
    assertThat(maybe(tx -> tx.enrolees().factoryCredential(later.id()))).contains(later);
    assertThat(maybe(tx -> tx.enrolees().factoryCredential(KPM))).contains(PUMP.first());
    assertThatThrownBy(() -> addFurther(PUMP.entity(), later)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(
            () -> addFurther(new CseId("/nobody"), further("30-c", FactoryKey.PUBLIC_KEY, START)))
        .isInstanceOf(RuntimeException.class);

    does(
        tx -> {
          tx.enrolees().removeFurther(PUMP.entity(), later.id());
          return true;
        });
    assertThat(maybe(tx -> tx.enrolees().find(later.id()))).isEmpty();
    assertThat(all(tx -> tx.enrolees().further(PUMP.entity()))).containsExactly(earlier);
  }

  private void addFurther(EntityId cseId, FactoryCredential credential) throws Exception {
    does(
        tx -> {
          tx.enrolees().addFurther(cseId, credential);
          return true;
        });
  }

  @Test
  void severalAesShareTheCredentialsOfOne() throws Exception {
    AeId valve = new AeId("/Svalve");
    does(
        tx -> {
          tx.enrolees().add(PUMP);
          tx.enrolees().addSharing(PUMP.entity(), valve);
          tx.enrolees().addSharing(PUMP.entity(), new AeId("/Smeter"));
          return true;
        });

    assertThat(all(tx -> tx.enrolees().sharing(PUMP.entity())))
        .containsExactly(new AeId("/Smeter"), valve);
    assertThat(maybe(tx -> tx.enrolees().sharedBy(valve))).contains(PUMP.entity());
    assertThat(maybe(tx -> tx.enrolees().sharedBy(new AeId("/Slamp")))).isEmpty();
    assertThatThrownBy(() -> addSharing(PUMP.entity(), valve)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> addSharing(new AeId("/Snobody"), new AeId("/Slamp")))
        .isInstanceOf(RuntimeException.class);
  }

  private void addSharing(EntityId entity, AeId ae) throws Exception {
    does(
        tx -> {
          tx.enrolees().addSharing(entity, ae);
          return true;
        });
  }

  private static FactoryCredential further(String relative, FactoryKey kind, Instant addedAt) {
    return new FactoryCredential(
        new KeyIdentifier(relative, MEF), kind, "shown", START.plusSeconds(90), addedAt);
  }

  @Test
  void theMinimumOfAnEnroleeIsFoundWithItAndAmongAll() throws Exception {
    add(PUMP);
    assertThat(all(tx -> List.copyOf(tx.enrolees().minMethods()))).isEmpty();

    setMinMethod(Optional.of(EnrolmentMethod.GBA));
    assertThat(maybe(tx -> tx.enrolees().find(KPM)).flatMap(Enrolee::minMethod))
        .contains(EnrolmentMethod.GBA);
    assertThat(all(tx -> List.copyOf(tx.enrolees().minMethods())))
        .containsExactly(EnrolmentMethod.GBA);

    setMinMethod(Optional.empty());
    assertThat(maybe(tx -> tx.enrolees().find(KPM)).flatMap(Enrolee::minMethod)).isEmpty();
    assertThat(all(tx -> List.copyOf(tx.enrolees().minMethods()))).isEmpty();
  }

  private void setMinMethod(Optional<EnrolmentMethod> least) throws Exception {
    does(
        tx -> {
          tx.enrolees().setMinMethod(KPM, least);
          return true;
        });
  }

  @Test
  void anEnroleeIsKnownByAnotherFirstCredential() throws Exception {
    add(PUMP);
    FactoryCredential other = further("32-b", FactoryKey.CERTIFICATE, START);
    Enrolee renewed =
        new Enrolee(
            other.id(),
            other.factoryKey(),
            other.fingerprint(),
            other.expiresAt(),
            PUMP.nodeId(),
            PUMP.entity(),
            PUMP.path(),
            PUMP.enrolmentLifetime(),
            PUMP.subscribedUntil(),
            PUMP.standing(),
            PUMP.minMethod(),
            PUMP.registrar(),
            PUMP.application(),
            PUMP.createdAt());
    does(
        tx -> {
          tx.enrolees().setFirst(KPM, renewed);
          return true;
        });

    assertThat(maybe(tx -> tx.enrolees().find(KPM))).isEmpty();
    assertThat(maybe(tx -> tx.enrolees().find(other.id()))).contains(renewed);
  }
}
