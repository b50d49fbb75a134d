// SPDX-License-Identifier: EPL-2.0
package org.mooring.in;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.common.resource.CseResources;
import org.mooring.in.app.Application;
import org.mooring.in.app.Instance;
import org.mooring.in.app.InstanceName;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.app.SigningKey;
import org.mooring.in.app.Standing;
import org.mooring.in.credential.Credential;
import org.mooring.in.cse.CseEndpoint;
import org.mooring.in.cse.Resource;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.store.Repositories;
import org.mooring.in.trust.TrustScenario;

/** A store from before there were implied rules. */
class SubscriptionSetupTest {
  private static final int RULE = CseResources.SUBSCRIBED_APP_RULE.code();
  private static final int NODE = CseResources.SUBSCRIBED_NODE.code();
  private static final AppId METER = new AppId("Nmeter");

  @TempDir Path folder;

  @Test
  void theFirstStartImpliesWhatIsEnrolledAndAssociated() {
    try (TrustScenario scenario = TrustScenario.givenProvider(folder)) {
      ServiceProvider provider = scenario.provider();
      Enrolee node = scenario.withEnrolee(one -> one.entity(new CseId("/asn-1")));
      var unused = scenario.withEnrolee(one -> one.entity(new AeId("/Spump")));
      Enrolee gone = scenario.withEnrolee(one -> one.entity(new CseId("/asn-2")));
      KeyIdentifier ka =
          scenario.does(
              tx -> {
                var revoked = scenario.enrolees().revoke(tx, gone.id(), "stolen", "admin");
                return associated(tx, provider, node);
              });

      List<Resource> rules =
          scenario.does(
              tx -> {
                SubscriptionSetup.prepare(new CseEndpoint(provider), provider, tx);
                SubscriptionSetup.prepare(new CseEndpoint(provider), provider, tx);
                return tx.resources().children("id-in", RULE, 10);
              });
      List<Resource> nodes =
          scenario.does(tx -> tx.resources().children("implied.enrolled", NODE, 10));

      assertThat(nodes)
          .extracting(Resource::name)
          .containsExactlyInAnyOrder("asn-1", "Spump", "id-in");
      assertThat(rules)
          .extracting(Resource::name)
          .containsExactlyInAnyOrder(
              "implied.Spump", "implied." + ka.relative().toLowerCase(Locale.ROOT));
      assertThat(rules)
          .filteredOn(rule -> rule.attributes().has("ari"))
          .extracting(rule -> rule.attributes().texts("apci"))
          .containsExactly(List.of("11-" + ka));
    }
  }

  @Test
  void aStoreOfAnEarlierVersionGetsTheRulesThatItLacks() {
    try (TrustScenario scenario = TrustScenario.givenProvider(folder)) {
      ServiceProvider provider = scenario.provider();
      Enrolee yard =
          scenario.withEnrolee(
              one -> one.entity(new AeId("/Spump")).sharing(List.of(new AeId("/Svalve"))));
      var ended =
          scenario.withEnrolee(
              one -> one.entity(new AeId("/Slamp")).sharing(List.of(new AeId("/Sbulb"))));
      var unused =
          scenario.does(
              tx -> {
                SubscriptionSetup.prepare(new CseEndpoint(provider), provider, tx);
                Resource profile = tx.resources().byId("implied.enrolled").orElseThrow();
                tx.resources().update(unmarked(profile));
                tx.resources().delete("implied.Svalve");
                return scenario.enrolees().revoke(tx, ended.id(), "stolen", "admin");
              });

      List<Resource> rules =
          scenario.does(
              tx -> {
                SubscriptionSetup.prepare(new CseEndpoint(provider), provider, tx);
                tx.resources().delete("implied.Spump");
                SubscriptionSetup.prepare(new CseEndpoint(provider), provider, tx);
                return tx.resources().children("id-in", RULE, 10);
              });

      assertThat(rules)
          .as("and is looked through once alone")
          .extracting(Resource::name)
          .containsExactly("implied.Svalve");
      assertThat(yard.entity()).isEqualTo(new AeId("/Spump"));
    }
  }

  private static Resource unmarked(Resource profile) {
    return new Resource(
        profile.id(),
        profile.type(),
        profile.place(),
        profile.provenance(),
        Attributes.NONE,
        0,
        0,
        profile.times());
  }

  private static KeyIdentifier associated(Repositories tx, ServiceProvider provider, Enrolee node) {
    TokenId token = TokenId.parse("t1@sp.example.org");
    AeId ae = new AeId("//sp.example.org/asn-1/C1");
    tx.applications().add(new Application(METER, new Standing.Active(), tx.now()));
    tx.signingKeys().add(signingKey(tx.now()), SecretKeyBytes.random());
    tx.appTokens().add(token(token, tx.now()), SecretKeyBytes.random());
    InstanceName name =
        new InstanceName(METER, new AppInstanceId("C1"), new CseId("//sp.example.org/asn-1"));
    tx.appInstances()
        .put(new Instance(name, token, Optional.empty(), Instance.State.ACTIVE, tx.now()));
    KeyIdentifier kaId = RelativeKeyId.random().at(provider.maf());
    Credential ka =
        new Credential(
            kaId,
            Credential.Kind.KA,
            FunctionRole.MAF,
            ae,
            node.id(),
            "a line",
            Credential.Status.CURRENT,
            tx.now().plus(Duration.ofDays(1)));
    tx.credentials().add(ka, SecretKeyBytes.random());
    tx.appInstances().addKey(name, kaId);
    return kaId;
  }

  private static SigningKey signingKey(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SigningKey("k1", generator.generateKeyPair().getPublic(), now, M2mTimestamp.NEVER);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static IssuedToken token(TokenId id, Instant now) {
    return new IssuedToken(
        id,
        METER,
        "0123456789ab",
        new TokenValidity(now, now.plus(Duration.ofDays(2))),
        List.of(new AllowedNode("/asn-1")),
        new ApprovedServices(
            List.of(RoleId.parse("reader@sp.example.org")),
            Optional.empty(),
            List.of(),
            CredentialShare.NONE),
        new InstanceCaps(2, 1),
        "k1",
        new Standing.Active(),
        now);
  }
}
