// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.maf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.app.AppTokens;
import org.mooring.in.app.Applications;
import org.mooring.in.app.AssociationObstacle;
import org.mooring.in.app.AssociationRefusedException;
import org.mooring.in.app.Associations;
import org.mooring.in.app.Instances;
import org.mooring.in.app.NewToken;
import org.mooring.in.app.SigningKeys;
import org.mooring.in.credential.Credential;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.store.Repositories;
import org.mooring.in.trust.HeldKeys;
import org.mooring.in.trust.TestSession;
import org.mooring.in.trust.TrustScenario;

/** Keys of application instances, how many a node gets, and the places that they take. */
class ApplicationAssociationsTest {
  private static final AppId METER = new AppId("Nmeter");

  @TempDir Path folder;
  private TrustScenario scenario;
  private ApplicationAssociations<Repositories> associations;
  private Enrolee node;
  private TestSession maf;
  private ApplicationToken token;

  @BeforeEach
  void open() {
    scenario = TrustScenario.givenProvider(folder);
    associations =
        new ApplicationAssociations<>(
            scenario.provider(),
            scenario.generations(),
            new Associations(new Instances(scenario.generations())),
            new MasterKeys<>(
                scenario.provider(),
                new HeldKeys(scenario.provider().mef(), scenario.provider().sp())),
            new AssociationQuota(scenario::now));
    scenario.does(tx -> new Applications().register(tx, METER, "admin"));
    node = scenario.withEnrolee();
    maf = authenticated(node);
    token = token(new InstanceCaps(10, 10), node);
  }

  @AfterEach
  void close() {
    scenario.close();
  }

  private TestSession authenticated(Enrolee enrolee) {
    TestSession mef = scenario.session(enrolee.id());
    mef.registers();
    TestSession session = scenario.session(mef.identity(mef.registersKey(21)));
    session.registers();
    return session;
  }

  private ApplicationToken token(InstanceCaps caps, Enrolee... nodes) {
    NewToken wanted =
        new NewToken(
            METER,
            Optional.empty(),
            scenario.now().plus(Duration.ofDays(90)),
            List.of(nodes).stream()
                .map(enrolee -> new AllowedNode(enrolee.entity().value()))
                .toList(),
            ApprovedServices.NONE,
            caps);
    AppTokens tokens = new AppTokens(scenario.provider(), new SigningKeys());
    return ApplicationToken.read(scenario.does(tx -> tokens.issue(tx, wanted, "admin")).compact());
  }

  /** The KaId that a node gets for an instance. */
  private KeyIdentifier associated(TestSession session, String instance) {
    Attributes request =
        Attributes.builder()
            .put(TrustResourceNames.APP_ID, METER.value())
            .put(TrustResourceNames.APP_INSTANCE_ID, instance)
            .put(TrustResourceNames.TOKEN_ID, token.id().toString())
            .put(
                TrustResourceNames.PROOF,
                KeyLadder.applicationProof(
                        token.secret(),
                        session.channelBinding(),
                        METER,
                        new AppInstanceId(instance))
                    .toByteArray())
            .build();
    Attributes answer =
        scenario.does(tx -> associations.create(tx, session.principal(), request, session));
    return KeyIdentifier.parse(answer.text(TrustResourceNames.APP_KEY_ID).orElseThrow());
  }

  private AssociationRefusedException refused(TestSession session, String instance) {
    return catchThrowableOfType(
        AssociationRefusedException.class, () -> associated(session, instance));
  }

  private void givenUp(KeyIdentifier kaId) {
    scenario.does(
        tx -> associations.delete(tx, maf.principal(), kaId.relativeKeyId().orElseThrow()));
  }

  private void takesAll() {
    for (int i = 0; i < AssociationQuota.AT_ONCE; i++) {
      givenUp(associated(maf, "C1"));
    }
  }

  @Test
  void inTheLastSecondOfATokenThereIsNoKeyLeftToGive() {
    Duration life = Duration.between(scenario.now(), token.validity().until());
    scenario.pass(life.minusSeconds(1));
    maf = authenticated(node);

    assertThat(refused(maf, "C1").obstacle()).isEqualTo(AssociationObstacle.EXPIRED);
  }

  @Test
  void aNodeThatGivesAnInstanceUpAgainAndAgainGetsNoKeysWithoutEnd() {
    takesAll();
    long entries = scenario.auditEntries();

    AssociationRefusedException refused = refused(maf, "C1");
    assertThat(refused.obstacle()).isEqualTo(AssociationObstacle.TOO_OFTEN);
    assertThat(refused.answer().refusal()).isEqualTo(Refusal.TOO_MANY_ASSOCIATIONS);
    assertThat(scenario.auditEntries()).as("nothing of it is kept").isEqualTo(entries);

    scenario.pass(AssociationQuota.EVERY);
    givenUp(associated(maf, "C1"));
    assertThat(refused(maf, "C2").obstacle()).isEqualTo(AssociationObstacle.TOO_OFTEN);
  }

  @Test
  void anAnswerWithAKeyThatIsThereCostsNothing() {
    KeyIdentifier kaId = associated(maf, "C1");
    for (int i = 0; i < AssociationQuota.AT_ONCE; i++) {
      assertThat(associated(maf, "C1")).isEqualTo(kaId);
    }
    assertThat(associated(maf, "C2")).isNotEqualTo(kaId);
  }

  @Test
  void oneNodeTakesNothingFromAnother() {
    Enrolee other = scenario.withEnrolee();
    token = token(new InstanceCaps(10, 10), node, other);
    takesAll();

    assertThat(associated(authenticated(other), "C1")).isNotNull();
  }

  private AssociationObstacle obstacle(TestSession session, String instance) {
    return refused(session, instance).obstacle();
  }

  @Test
  void aRevokedNodeGivesThePlacesOfItsInstancesBack() {
    Enrolee other = scenario.withEnrolee();
    token = token(new InstanceCaps(2, 2), node, other);
    associated(maf, "C1");
    associated(maf, "C2");
    TestSession elsewhere = authenticated(other);
    assertThat(obstacle(elsewhere, "C1")).isEqualTo(AssociationObstacle.TOKEN_CAP_REACHED);

    scenario.does(tx -> scenario.enrolees().revoke(tx, node.id(), "stolen", "admin"));

    associated(elsewhere, "C1");
    associated(elsewhere, "C2");
    assertThat(obstacle(elsewhere, "C3")).isEqualTo(AssociationObstacle.NODE_CAP_REACHED);
  }

  @Test
  void anInstanceWhoseKeyWasRevokedNeedsAPlaceToComeAgain() {
    token = token(new InstanceCaps(1, 1), node);
    KeyIdentifier kaId = associated(maf, "C1");
    scenario.does(
        tx -> {
          scenario.generations().revoke(tx, kaId, "leaked", "admin");
          return true;
        });

    associated(maf, "C2");

    assertThat(obstacle(maf, "C1")).isEqualTo(AssociationObstacle.NODE_CAP_REACHED);
  }

  @Test
  void thePlacesOfInstancesAreFreeOnceTheirKeysExpired() {
    token = token(new InstanceCaps(1, 1), node);
    associated(maf, "C1");
    Credential ka = scenario.credential(associated(maf, "C1"));
    scenario.does(
        tx -> {
          scenario.generations().setExpiry(tx, ka.identity(), scenario.now().plusSeconds(60));
          return true;
        });
    assertThat(obstacle(maf, "C2")).isEqualTo(AssociationObstacle.NODE_CAP_REACHED);

    scenario.pass(Duration.ofSeconds(60));

    associated(maf, "C2");
  }
}
