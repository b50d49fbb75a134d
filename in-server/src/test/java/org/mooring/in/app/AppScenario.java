// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.ApprovedServices;
import org.mooring.common.application.InstanceCaps;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.ChannelBinding;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditRecord;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.trust.TrustScenario;

/** A registry over a store of its own, and nodes that ask it. */
final class AppScenario implements AutoCloseable {
  static final AppId METER = new AppId("Ra01.com.company.meter");
  static final AppInstanceId ONE = new AppInstanceId("1");
  static final Duration LIFE = Duration.ofDays(90);

  private final TrustScenario trust;
  private final Applications applications = new Applications();
  private final SigningKeys signingKeys = new SigningKeys();
  private final AppTokens tokens;
  private final Instances instances;
  private final Associations associations;

  private AppScenario(Path folder) {
    this.trust = TrustScenario.givenProvider(folder);
    this.tokens = new AppTokens(trust.provider(), signingKeys);
    this.instances = new Instances(trust.generations());
    this.associations = new Associations(instances);
  }

  static AppScenario givenRegistry(Path folder) {
    return new AppScenario(folder);
  }

  AppScenario withApplication(AppId id) {
    does(tx -> applications.register(tx, id, "admin"));
    return this;
  }

  TrustScenario trust() {
    return trust;
  }

  Associations associations() {
    return associations;
  }

  Instances instances() {
    return instances;
  }

  SigningKeys signingKeys() {
    return signingKeys;
  }

  AppTokens tokens() {
    return tokens;
  }

  Applications applications() {
    return applications;
  }

  NewToken wanted(AppId application, InstanceCaps caps, String... nodes) {
    return new NewToken(
        application,
        Optional.empty(),
        trust.now().plus(LIFE),
        Arrays.stream(nodes).map(AllowedNode::new).toList(),
        ApprovedServices.NONE,
        caps);
  }

  /** A token as the node reads it. */
  ApplicationToken token(AppId application, InstanceCaps caps, String... nodes) {
    return issue(wanted(application, caps, nodes));
  }

  ApplicationToken token(AppId application, String... nodes) {
    return token(application, new InstanceCaps(10, 10), nodes);
  }

  ApplicationToken issue(NewToken wanted) {
    return ApplicationToken.read(issued(wanted).compact());
  }

  AppTokens.Issued issued(NewToken wanted) {
    return does(tx -> tokens.issue(tx, wanted, "admin"));
  }

  <T> T does(Function<AppStore, T> work) {
    return trust.does(work::apply);
  }

  Association granted(AssociationRequest request) {
    return does(tx -> associations.associate(tx, request));
  }

  AssociationObstacle refused(AssociationRequest request) {
    return refusal(request).obstacle();
  }

  AssociationRefusedException refusal(AssociationRequest request) {
    return catchThrowableOfType(AssociationRefusedException.class, () -> granted(request));
  }

  /** What a MAF does with a grant: gives the instance a key. */
  KeyIdentifier keyOf(Association granted) {
    KeyIdentifier kaId = RelativeKeyId.random().at(trust.provider().maf());
    return does(
        tx -> {
          Credential ka =
              new Credential(
                  kaId,
                  Credential.Kind.KM,
                  FunctionRole.MAF,
                  granted.name().node(),
                  kaId,
                  "ka " + kaId,
                  Credential.Status.CURRENT,
                  granted.tokenEnd());
          tx.credentials().add(ka, SecretKeyBytes.random());
          associations.bind(tx, granted.name(), kaId);
          return kaId;
        });
  }

  List<AuditRecord> lastEntries(int count) {
    return trust.does(tx -> tx.auditLog().latest(count));
  }

  Attributes lastDetail() {
    return lastEntries(1).get(0).detail();
  }

  static ChannelBinding session(int number) {
    byte[] octets = new byte[ChannelBinding.OCTETS];
    octets[0] = (byte) number;
    return ChannelBinding.of(octets);
  }

  static AskingNode node(String name) {
    return new AskingNode(
        KeyIdentifier.parse(name + "@maf.sp.example.org"),
        new CseId("//sp.example.org/" + name),
        Optional.of(new NodeId("urn:node:" + name)));
  }

  /** What a node asks that has a token. */
  static AssociationRequest request(ApplicationToken token, String node, String instance) {
    AppInstanceId id = new AppInstanceId(instance);
    return new AssociationRequest(
        node(node),
        token.application(),
        id,
        token.id(),
        KeyLadder.applicationProof(token.secret(), session(1), token.application(), id),
        session(1));
  }

  Instant now() {
    return trust.now();
  }

  void pass(Duration duration) {
    trust.pass(duration);
  }

  @Override
  public void close() {
    trust.close();
  }
}
