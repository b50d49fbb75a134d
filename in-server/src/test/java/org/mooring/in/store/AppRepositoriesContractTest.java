// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.CredentialShare;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.ResourceAddress;
import org.mooring.common.identifier.RoleId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.app.Application;
import org.mooring.in.app.Instance;
import org.mooring.in.app.InstanceName;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.app.SigningKey;
import org.mooring.in.app.Standing;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;

/** Applications, tokens, instances and signing keys, on every database. */
abstract class AppRepositoriesContractTest extends StoreTest {
  private static final AppId METER = new AppId("Ra01.com.company.meter");
  private static final CseId NODE = new CseId("//sp.example.org/asn-1");
  private static final SecretKeyBytes PRIVATE_KEY = SecretKeyBytes.random();

  private void run(Change change) throws Exception {
    does(
        tx -> {
          change.in(tx);
          return true;
        });
  }

  private interface Change {
    void in(Repositories tx);
  }

  @BeforeEach
  void addWhatAllRefersTo() throws Exception {
    SigningKey key = signingKey("k1", START);
    run(
        tx -> {
          tx.applications().add(application(METER));
          tx.signingKeys().add(key, PRIVATE_KEY);
        });
  }

  private static Application application(AppId id) {
    return new Application(id, new Standing.Active(), START);
  }

  private static SigningKey signingKey(String kid, Instant at) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    PublicKey key = generator.generateKeyPair().getPublic();
    return new SigningKey(kid, key, at, M2mTimestamp.NEVER);
  }

  private static IssuedToken token(String name, Duration life, ApprovedServices services) {
    return new IssuedToken(
        TokenId.parse(name + "@sp.example.org"),
        METER,
        "0123456789ab",
        new TokenValidity(START, START.plus(life)),
        List.of(new AllowedNode("/asn-1"), new AllowedNode("urn:uuid:1")),
        services,
        new InstanceCaps(2, 1),
        "k1",
        new Standing.Active(),
        START);
  }

  private IssuedToken added(String name, Duration life) throws Exception {
    IssuedToken token = token(name, life, ApprovedServices.NONE);
    run(tx -> tx.appTokens().add(token, SecretKeyBytes.random()));
    return token;
  }

  private static InstanceName name(String instance) {
    return new InstanceName(METER, new AppInstanceId(instance), NODE);
  }

  private static Instance instance(String id, TokenId token) {
    return new Instance(name(id), token, Optional.empty(), Instance.State.ACTIVE, START);
  }

  @Test
  void anApplicationIsRegisteredOnceAndRevokedForGood() throws Exception {
    Standing.Revoked revoked = new Standing.Revoked(START, "");
    AppId other = new AppId("Nother");
    run(tx -> tx.applications().add(application(other)));
    run(tx -> tx.applications().revoke(METER, revoked));

    Optional<Application> found = does(tx -> tx.applications().find(METER));
    List<Application> all = does(tx -> tx.applications().page("", 9));
    List<Application> second = does(tx -> tx.applications().page("Nother", 9));
    assertThat(found).contains(new Application(METER, revoked, START));
    assertThat(all).extracting(Application::id).containsExactly(other, METER);
    assertThat(second).extracting(Application::id).containsExactly(METER);
    assertThatThrownBy(() -> run(tx -> tx.applications().add(application(METER))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void aTokenComesBackAsItWasWithItsSecretUntilItIsRevoked() throws Exception {
    IssuedToken token =
        token(
            "t1",
            Duration.ofDays(1),
            new ApprovedServices(
                List.of(RoleId.parse("reader@sp.example.org")),
                Optional.of(ResourceAddress.parse("/id-in/acp-apps")),
                List.of(EntityId.of("/asn-2/Cpump"), EntityId.of("/id-in")),
                CredentialShare.NODE));
    SecretKeyBytes secret = SecretKeyBytes.random();
    run(tx -> tx.appTokens().add(token, secret));

    Optional<IssuedToken> found = does(tx -> tx.appTokens().find(token.id()));
    Optional<SecretKeyBytes> kept = does(tx -> tx.appTokens().secret(token.id()));
    assertThat(found).contains(token);
    assertThat(kept).contains(secret);

    Standing.Revoked revoked = new Standing.Revoked(START, "leaked");
    run(tx -> tx.appTokens().revoke(token.id(), revoked));
    Optional<IssuedToken> after = does(tx -> tx.appTokens().find(token.id()));
    Optional<SecretKeyBytes> gone = does(tx -> tx.appTokens().secret(token.id()));
    assertThat(after).map(IssuedToken::standing).contains(revoked);
    assertThat(gone).isEmpty();
    assertThatThrownBy(() -> run(tx -> tx.appTokens().add(token, secret)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void tokensComeLatestFirstAndTellWhenTheLastOfAKeyEnds() throws Exception {
    added("t1", Duration.ofDays(9));
    pass(Duration.ofSeconds(1));
    IssuedToken later =
        new IssuedToken(
            TokenId.parse("t2@sp.example.org"),
            METER,
            "0123456789ab",
            new TokenValidity(START, START.plus(Duration.ofDays(1))),
            List.of(new AllowedNode("/asn-1")),
            ApprovedServices.NONE,
            new InstanceCaps(2, 1),
            "k1",
            new Standing.Active(),
            START.plusSeconds(1));
    run(tx -> tx.appTokens().add(later, SecretKeyBytes.random()));

    List<IssuedToken> both = does(tx -> tx.appTokens().ofApplication(METER, 9));
    Optional<Instant> last = does(tx -> tx.appTokens().lastEndSignedBy("k1"));
    Optional<Instant> none = does(tx -> tx.appTokens().lastEndSignedBy("k2"));
    assertThat(both).extracting(token -> token.id().name()).containsExactly("t2", "t1");
    assertThat(last).contains(START.plus(Duration.ofDays(9)));
    assertThat(none).isEmpty();
  }

  @Test
  void anInstanceIsFoundByTheAeThatItIsWhileItLives() throws Exception {
    TokenId token = added("t1", Duration.ofDays(1)).id();
    run(tx -> tx.appInstances().put(instance("C1", token)));
    AeId application = new AeId(NODE + "/C1");

    Optional<Instance> living = does(tx -> tx.appInstances().living(application));
    Optional<Instance> other = does(tx -> tx.appInstances().living(new AeId(NODE + "/C2")));
    assertThat(living).map(Instance::name).contains(name("C1"));
    assertThat(other).isEmpty();

    run(tx -> tx.appInstances().setState(name("C1"), Instance.State.ENDED));
    Optional<Instance> ended = does(tx -> tx.appInstances().living(application));
    assertThat(ended).isEmpty();
  }

  @Test
  void anAppInstIdStaysItsApplicationsOnceTheInstanceHasEnded() throws Exception {
    TokenId token = added("t1", Duration.ofDays(1)).id();
    for (Instance.State state : Instance.State.values()) {
      run(
          tx -> {
            tx.appInstances().put(instance("C1", token));
            tx.appInstances().setState(name("C1"), state);
          });

      Optional<AppId> found = does(tx -> tx.applicationOf(new AeId(NODE + "/C1")));
      assertThat(found).contains(METER);
    }
    Optional<AppId> none = does(tx -> tx.applicationOf(new AeId(NODE + "/C2")));
    assertThat(none).isEmpty();
  }

  @Test
  void anInstanceHasAllTheKeysThatItWasGivenAndTheLastOfThem() throws Exception {
    TokenId token = added("t1", Duration.ofDays(1)).id();
    KeyIdentifier first = KeyIdentifier.parse("k1@maf.sp.example.org");
    KeyIdentifier second = KeyIdentifier.parse("k2@maf.sp.example.org");
    run(
        tx -> {
          tx.appInstances().put(instance("1", token));
          tx.appInstances().put(instance("2", token));
          tx.appInstances().addKey(name("1"), first);
          tx.appInstances().addKey(name("1"), second);
        });

    Optional<Instance> found = does(tx -> tx.appInstances().find(name("1")));
    List<KeyIdentifier> keys = does(tx -> tx.appInstances().keys(name("1")));
    Optional<Instance> byFirst = does(tx -> tx.appInstances().ofKey(first));
    Instance expected =
        new Instance(name("1"), token, Optional.of(second), Instance.State.ACTIVE, START);
    assertThat(found).contains(expected);
    assertThat(byFirst).contains(expected);
    assertThat(keys).containsExactlyInAnyOrder(first, second);
    assertThatThrownBy(() -> run(tx -> tx.appInstances().addKey(name("2"), first)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void onlyInstancesThatLiveCount() throws Exception {
    TokenId token = added("t1", Duration.ofDays(1)).id();
    TokenId other = added("t2", Duration.ofDays(1)).id();
    run(
        tx -> {
          tx.appInstances().put(instance("a", token));
          tx.appInstances().put(instance("b", token));
          tx.appInstances().put(instance("c", token));
          tx.appInstances().put(instance("d", other));
          tx.appInstances().setState(name("a"), Instance.State.ENDED);
          tx.appInstances().setState(name("b"), Instance.State.REVOKED);
        });

    int counted = does(tx -> tx.appInstances().countLiving(token, NODE));
    List<Instance> under = does(tx -> tx.appInstances().notEndedUnder(token, 9));
    List<Instance> of = does(tx -> tx.appInstances().notEndedOf(METER, 9));
    List<Instance> some = does(tx -> tx.appInstances().notEndedOf(METER, 1));
    List<Instance> all = does(tx -> tx.appInstances().ofApplication(METER, 9));
    assertThat(counted).isEqualTo(1);
    assertThat(under).extracting(Instance::name).containsExactly(name("c"));
    assertThat(of).extracting(Instance::name).containsExactlyInAnyOrder(name("c"), name("d"));
    assertThat(some).hasSize(1);
    assertThat(all)
        .extracting(Instance::state)
        .containsExactly(
            Instance.State.ENDED,
            Instance.State.REVOKED,
            Instance.State.ACTIVE,
            Instance.State.ACTIVE);
  }

  @Test
  void anInstanceLivesNoLongerThanItsLastKey() throws Exception {
    TokenId token = added("t1", Duration.ofDays(1)).id();
    run(
        tx -> {
          for (String id : List.of("ends", "revoked", "removed", "renewed", "none")) {
            tx.appInstances().put(instance(id, token));
          }
          key(tx, "ends", "k1", START.plusSeconds(9));
          key(tx, "revoked", "k2", START.plusSeconds(99));
          key(tx, "removed", "k3", START.plusSeconds(99));
          key(tx, "renewed", "k4", START.plusSeconds(9));
          key(tx, "renewed", "k5", START.plusSeconds(99));
        });
    assertThat(living(token)).isEqualTo(5);

    run(
        tx -> {
          tx.credentials().setStatus(kaId("k2"), Credential.Status.REVOKED);
          tx.credentials().setStatus(kaId("k3"), Credential.Status.REMOVED);
        });
    pass(Duration.ofSeconds(9));

    assertThat(living(token)).isEqualTo(2);
    int onNode = does(tx -> tx.appInstances().countLiving(token, NODE));
    assertThat(onNode).isEqualTo(2);
    List<Instance> all = does(tx -> tx.appInstances().ofApplication(METER, 9));
    assertThat(all)
        .filteredOn(shown -> shown.state() == Instance.State.ACTIVE)
        .extracting(Instance::name)
        .containsExactly(name("none"), name("renewed"));
    Optional<Instance> found = does(tx -> tx.appInstances().find(name("ends")));
    Optional<Instance> holder = does(tx -> tx.appInstances().ofKey(kaId("k1")));
    assertThat(found).map(Instance::state).contains(Instance.State.ENDED);
    assertThat(holder).isEqualTo(found);
    List<Instance> notEnded = does(tx -> tx.appInstances().notEndedUnder(token, 9));
    assertThat(notEnded).as("those to be ended with the token").hasSize(5);
  }

  private int living(TokenId token) throws Exception {
    return does(tx -> tx.appInstances().countLiving(token));
  }

  private static KeyIdentifier kaId(String name) {
    return KeyIdentifier.parse(name + "@maf.sp.example.org");
  }

  private static void key(Repositories tx, String instance, String id, Instant end) {
    Credential ka =
        new Credential(
            kaId(id),
            Credential.Kind.KA,
            FunctionRole.MAF,
            NODE,
            kaId(id),
            "a line",
            Credential.Status.CURRENT,
            end);
    tx.credentials().add(ka, SecretKeyBytes.random());
    tx.appInstances().addKey(name(instance), ka.identity());
  }

  @Test
  void instancesComePageByPage() throws Exception {
    TokenId token = added("t1", Duration.ofDays(1)).id();
    CseId other = new CseId("//sp.example.org/asn-2");
    InstanceName elsewhere = new InstanceName(METER, new AppInstanceId("b"), other);
    run(
        tx -> {
          for (String id : List.of("c", "a", "b")) {
            tx.appInstances().put(instance(id, token));
          }
          tx.appInstances()
              .put(new Instance(elsewhere, token, Optional.empty(), Instance.State.ACTIVE, START));
        });

    List<Instance> first = does(tx -> tx.appInstances().ofApplication(METER, 2));
    List<Instance> second = does(tx -> tx.appInstances().following(first.get(1).name(), 2));
    List<Instance> third = does(tx -> tx.appInstances().following(second.get(1).name(), 2));
    assertThat(first).extracting(Instance::name).containsExactly(name("a"), name("b"));
    assertThat(second).extracting(Instance::name).containsExactly(elsewhere, name("c"));
    assertThat(third).isEmpty();
  }

  @Test
  void oneKeySignsAndTheOneBeforeVerifiesForAWhile() throws Exception {
    SigningKey next = signingKey("k2", START);
    assertThatThrownBy(() -> run(tx -> tx.signingKeys().add(next, SecretKeyBytes.random())))
        .as("while another one signs")
        .isInstanceOf(RuntimeException.class);
    Optional<SecretKeyBytes> before = does(tx -> tx.signingKeys().privateKey("k1"));
    assertThat(before).contains(PRIVATE_KEY);

    run(
        tx -> {
          tx.signingKeys().retire("k1", START.plusSeconds(5));
          tx.signingKeys().add(next, SecretKeyBytes.random());
        });

    Optional<SigningKey> current = does(tx -> tx.signingKeys().current());
    Optional<SecretKeyBytes> wiped = does(tx -> tx.signingKeys().privateKey("k1"));
    List<SigningKey> both = does(tx -> tx.signingKeys().verifyingAt(START.plusSeconds(4)));
    List<SigningKey> one = does(tx -> tx.signingKeys().verifyingAt(START.plusSeconds(5)));
    assertThat(current).contains(next);
    assertThat(wiped).isEmpty();
    assertThat(both).extracting(SigningKey::kid).containsExactly("k2", "k1");
    assertThat(one).containsExactly(next);
  }

  @Test
  void noTokenStandsWithoutItsApplicationAndNoInstanceWithoutItsToken() {
    assertThatThrownBy(
            () ->
                run(
                    tx ->
                        tx.appInstances().put(instance("1", TokenId.parse("none@sp.example.org")))))
        .isInstanceOf(RuntimeException.class);
  }
}
