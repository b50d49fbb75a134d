// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mooring.common.key.ReferenceHmac.hmac;
import static org.mooring.in.app.AppScenario.LIFE;
import static org.mooring.in.app.AppScenario.METER;
import static org.mooring.in.app.AppScenario.request;
import static org.mooring.in.app.AppScenario.session;

import java.nio.charset.StandardCharsets;
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
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.audit.AuditRecord;

/** AE Subscription Association as the registry judges it (seed 000). */
class AssociationsTest {
  private static final AppId OTHER = new AppId("Nother");

  @TempDir private Path folder;
  private AppScenario registry;

  @BeforeEach
  void open() {
    registry = AppScenario.givenRegistry(folder).withApplication(METER).withApplication(OTHER);
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private void assertRefused(
      AssociationRequest request, AssociationObstacle obstacle, Refusal told) {
    AssociationRefusedException refused = registry.refusal(request);
    assertThat(refused.obstacle()).isEqualTo(obstacle);
    assertThat(refused.answer().refusal()).isEqualTo(told);
    assertThat(refused.action()).isEqualTo(AuditAction.APP_ASSOCIATION_REFUSED);
    assertThat(refused.detail())
        .isEqualTo(
            Attributes.builder()
                .put("instance", request.instance().value())
                .put("token", request.token().toString())
                .put("node", request.node().client().value())
                .put("app", request.application().value())
                .put("reason", obstacle.reason())
                .build());
  }

  private void assertNotAccepted(AssociationRequest request, AssociationObstacle obstacle) {
    assertRefused(request, obstacle, Refusal.APPLICATION_NOT_ACCEPTED);
  }

  @Test
  void anInstanceThatProvesItsTokenIsLetInAndGetsItsOwnA() {
    NewToken wanted =
        new NewToken(
            METER,
            Optional.empty(),
            registry.now().plus(LIFE),
            List.of(new AllowedNode("/asn-1")),
            new ApprovedServices(
                List.of(RoleId.parse("reader@sp.example.org")),
                Optional.empty(),
                List.of(),
                CredentialShare.NONE),
            new InstanceCaps(10, 10));
    ApplicationToken token = registry.issue(wanted);

    Association granted = registry.granted(request(token, "asn-1", "1"));

    byte[] a =
        hmac(
            token.secret().toByteArray(),
            ("mooring app instance v1\0" + METER + "\0" + "1").getBytes(StandardCharsets.US_ASCII));
    assertThat(granted.instanceKey()).isEqualTo(SecretKeyBytes.copyOf(a));
    assertThat(granted.tokenEnd()).isEqualTo(registry.now().plus(LIFE));
    assertThat(granted.services()).isEqualTo(wanted.services());
    assertThat(granted.kaId()).isEmpty();
    assertThat(registry.lastEntries(1).get(0).action()).isEqualTo("APP_INSTANCE_ASSOCIATED");
    assertThat(registry.granted(request(token, "asn-1", "2")).instanceKey())
        .isNotEqualTo(granted.instanceKey());
  }

  @Test
  void askedAgainItAnswersTheSameAndWritesNothing() {
    ApplicationToken token = registry.token(METER, new InstanceCaps(1, 1), "/asn-1");
    Association first = registry.granted(request(token, "asn-1", "1"));
    KeyIdentifier kaId = registry.keyOf(first);
    long entries = registry.trust().auditEntries();

    Association second = registry.granted(request(token, "asn-1", "1"));

    assertThat(second.instanceKey()).isEqualTo(first.instanceKey());
    assertThat(second.kaId()).contains(kaId);
    assertThat(registry.trust().auditEntries()).isEqualTo(entries);
  }

  @Test
  void aForgedTokenIsRefused() {
    ApplicationToken real = registry.token(METER, "/asn-1");
    ApplicationToken forged =
        new ApplicationToken(
            TokenId.random(real.id().issuer()),
            METER,
            real.maf(),
            SecretKeyBytes.random(),
            real.validity(),
            real.nodes(),
            real.services(),
            real.caps(),
            real.issuedAt());

    assertNotAccepted(request(forged, "asn-1", "1"), AssociationObstacle.UNKNOWN_TOKEN);
  }

  @Test
  void aTokenWithAnotherSecretIsRefused() {
    AssociationRequest real = request(registry.token(METER, "/asn-1"), "asn-1", "1");
    AssociationRequest forged =
        new AssociationRequest(
            real.node(),
            METER,
            real.instance(),
            real.token(),
            KeyLadder.applicationProof(
                SecretKeyBytes.random(), real.session(), METER, real.instance()),
            real.session());

    assertNotAccepted(forged, AssociationObstacle.WRONG_PROOF);
  }

  @Test
  void theTokenOfAnotherApplicationIsRefused() {
    ApplicationToken token = registry.token(OTHER, "/asn-1");
    AppInstanceId one = new AppInstanceId("1");

    assertNotAccepted(
        new AssociationRequest(
            AppScenario.node("asn-1"),
            METER,
            one,
            token.id(),
            KeyLadder.applicationProof(token.secret(), session(1), METER, one),
            session(1)),
        AssociationObstacle.TOKEN_OF_ANOTHER_APPLICATION);
  }

  @Test
  void aProofIsWorthNothingInAnotherSession() {
    AssociationRequest seen = request(registry.token(METER, "/asn-1"), "asn-1", "1");

    assertNotAccepted(
        new AssociationRequest(
            seen.node(), METER, seen.instance(), seen.token(), seen.proof(), session(2)),
        AssociationObstacle.WRONG_PROOF);
  }

  @Test
  void aProofIsWorthNothingForAnotherInstance() {
    AssociationRequest seen = request(registry.token(METER, "/asn-1"), "asn-1", "1");

    assertNotAccepted(
        new AssociationRequest(
            seen.node(), METER, new AppInstanceId("2"), seen.token(), seen.proof(), seen.session()),
        AssociationObstacle.WRONG_PROOF);
  }

  @Test
  void aTokenIsWorthNothingBeforeItBeginsAndOnceItEnded() {
    ApplicationToken token =
        registry.issue(
            new NewToken(
                METER,
                Optional.of(registry.now().plusSeconds(60)),
                registry.now().plusSeconds(120),
                List.of(new AllowedNode("/asn-1")),
                ApprovedServices.NONE,
                new InstanceCaps(1, 1)));
    AssociationRequest request = request(token, "asn-1", "1");

    assertRefused(request, AssociationObstacle.NOT_YET_VALID, Refusal.TOKEN_NOT_YET_VALID);
    registry.pass(Duration.ofSeconds(60));
    assertThat(registry.granted(request)).isNotNull();
    registry.pass(Duration.ofSeconds(60));
    assertRefused(request, AssociationObstacle.EXPIRED, Refusal.TOKEN_EXPIRED);
  }

  @Test
  void aTokenIsForTheNodesThatItNamesByEitherId() {
    ApplicationToken token = registry.token(METER, "/asn-1", "urn:node:asn-2");

    assertThat(registry.granted(request(token, "asn-1", "1"))).isNotNull();
    assertThat(registry.granted(request(token, "asn-2", "1"))).isNotNull();
    assertRefused(
        request(token, "asn-3", "1"),
        AssociationObstacle.ANOTHER_NODE,
        Refusal.TOKEN_OF_ANOTHER_NODE);
  }

  /** Who has no proof learns neither which App-IDs nor which tokens there are. */
  @Test
  void whoHasNoProofIsToldTheSameWhateverIsWrong() {
    ApplicationToken token = registry.token(METER, "/asn-9");
    ApplicationToken ofUnknown =
        new ApplicationToken(
            token.id(),
            new AppId("Nunknown"),
            token.maf(),
            token.secret(),
            token.validity(),
            token.nodes(),
            token.services(),
            token.caps(),
            token.issuedAt());

    assertNotAccepted(request(ofUnknown, "asn-1", "1"), AssociationObstacle.UNKNOWN_APPLICATION);
    registry.does(tx -> registry.tokens().revoke(tx, token.id(), "", "admin"));
    assertNotAccepted(request(token, "asn-1", "1"), AssociationObstacle.REVOKED_TOKEN);
    registry.does(tx -> registry.applications().revoke(tx, METER, "", "admin"));
    assertNotAccepted(request(token, "asn-1", "1"), AssociationObstacle.REVOKED_APPLICATION);
  }

  @Test
  void noMoreInstancesLiveThanTheTokenSays() {
    ApplicationToken token = registry.token(METER, new InstanceCaps(3, 2), "/asn-1", "/asn-2");
    for (AssociationRequest request :
        List.of(
            request(token, "asn-1", "1"),
            request(token, "asn-1", "2"),
            request(token, "asn-2", "1"))) {
      assertThat(registry.granted(request)).isNotNull();
    }

    assertRefused(
        request(token, "asn-1", "3"),
        AssociationObstacle.NODE_CAP_REACHED,
        Refusal.TOO_MANY_INSTANCES);
    assertRefused(
        request(token, "asn-2", "2"),
        AssociationObstacle.TOKEN_CAP_REACHED,
        Refusal.TOO_MANY_INSTANCES);

    InstanceName gone = request(token, "asn-1", "1").name();
    registry.does(
        tx -> {
          registry.instances().giveUp(tx, gone, "admin");
          return true;
        });
    assertThat(registry.granted(request(token, "asn-2", "2"))).isNotNull();
    assertThat(registry.refused(request(token, "asn-1", "1")))
        .as("its place was taken")
        .isEqualTo(AssociationObstacle.TOKEN_CAP_REACHED);
  }

  @Test
  void anInstanceGoesOnUnderAnotherTokenWithAnotherKey() {
    InstanceCaps one = new InstanceCaps(1, 1);
    ApplicationToken before = registry.token(METER, one, "/asn-1");
    ApplicationToken after = registry.token(METER, one, "/asn-1");
    Association first = registry.granted(request(before, "asn-1", "1"));
    registry.keyOf(first);

    Association second = registry.granted(request(after, "asn-1", "1"));

    assertThat(second.kaId()).isEmpty();
    assertThat(second.instanceKey()).isNotEqualTo(first.instanceKey());
    assertThat(registry.granted(request(before, "asn-1", "2")))
        .as("its place under the earlier token is free")
        .isNotNull();
    assertThat(registry.refused(request(after, "asn-1", "3")))
        .isEqualTo(AssociationObstacle.NODE_CAP_REACHED);
  }

  @Test
  void aKeyTellsItsInstanceAlsoUnderAnotherToken() {
    ApplicationToken before = registry.token(METER, "/asn-1");
    ApplicationToken after = registry.token(METER, "/asn-1");
    Association granted = registry.granted(request(before, "asn-1", "1"));
    KeyIdentifier kaId = registry.keyOf(granted);

    registry.keyOf(registry.granted(request(after, "asn-1", "1")));

    Optional<Instance> holder = registry.does(tx -> registry.associations().holderOf(tx, kaId));
    assertThat(holder).map(Instance::name).contains(granted.name());
    KeyIdentifier strange = KeyIdentifier.parse("x@maf.sp.example.org");
    Optional<Instance> nobody = registry.does(tx -> registry.associations().holderOf(tx, strange));
    assertThat(nobody).isEmpty();
  }

  @Test
  void noSecretIsInTheRecord() {
    ApplicationToken token = registry.token(METER, "/asn-1");
    registry.granted(request(token, "asn-1", "1"));
    assertThat(registry.refused(request(token, "asn-2", "1"))).isNotNull();

    for (AuditRecord entry : registry.lastEntries(100)) {
      Attributes detail = entry.detail();
      assertThat(detail.names())
          .isSubsetOf("appId", "secret", "until", "nodes", "instance", "token", "node", "reason");
      assertThat(detail.text("secret").orElse("")).hasSizeLessThan(13);
    }
  }
}
