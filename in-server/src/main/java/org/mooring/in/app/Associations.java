// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.ApplicationProof;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.app.Instance.State;
import org.mooring.in.audit.AuditAction;

/**
 * AE Subscription Association: an instance that proves its application's token is let in, on the
 * nodes and as often as the token says.
 */
public final class Associations implements ApplicationRegistry {
  private final Instances instances;

  /**
   * @param instances ends those that their nodes give up
   */
  public Associations(Instances instances) {
    this.instances = instances;
  }

  @Override
  public Association associate(AppStore store, AssociationRequest request) {
    SecretKeyBytes secret =
        store.appTokens().secret(request.token()).orElseGet(SecretKeyBytes::random);
    try {
      // The proof is computed whatever is wrong, so that refusals tell little by their time.
      boolean proven = isProven(secret, request);
      Optional<IssuedToken> token = store.appTokens().find(request.token());
      Optional<AssociationObstacle> obstacle = obstacleToAnybody(store, request, token, proven);
      if (obstacle.isEmpty()) {
        obstacle = obstacleToHolder(store, request, token.orElseThrow());
      }
      if (obstacle.isPresent()) {
        throw new AssociationRefusedException(request, obstacle.get());
      }
      return granted(store, request, token.orElseThrow(), secret);
    } finally {
      secret.destroy();
    }
  }

  private static boolean isProven(SecretKeyBytes secret, AssociationRequest request) {
    ApplicationProof expected =
        KeyLadder.applicationProof(
            secret, request.session(), request.application(), request.instance());
    return expected.equals(request.proof());
  }

  /** What is told to nobody. */
  private static Optional<AssociationObstacle> obstacleToAnybody(
      AppStore store, AssociationRequest request, Optional<IssuedToken> token, boolean proven) {
    Optional<Application> application = store.applications().find(request.application());
    if (application.isEmpty()) {
      return Optional.of(AssociationObstacle.UNKNOWN_APPLICATION);
    }
    if (application.get().standing().isRevoked()) {
      return Optional.of(AssociationObstacle.REVOKED_APPLICATION);
    }
    if (token.isEmpty()) {
      return Optional.of(AssociationObstacle.UNKNOWN_TOKEN);
    }
    if (token.get().standing().isRevoked()) {
      return Optional.of(AssociationObstacle.REVOKED_TOKEN);
    }
    if (!token.get().application().equals(request.application())) {
      return Optional.of(AssociationObstacle.TOKEN_OF_ANOTHER_APPLICATION);
    }
    return proven ? Optional.empty() : Optional.of(AssociationObstacle.WRONG_PROOF);
  }

  /** What whoever has the secret may know. */
  private static Optional<AssociationObstacle> obstacleToHolder(
      AppStore store, AssociationRequest request, IssuedToken token) {
    if (!token.validity().hasBegunAt(store.now())) {
      return Optional.of(AssociationObstacle.NOT_YET_VALID);
    }
    if (token.validity().isOverAt(store.now())) {
      return Optional.of(AssociationObstacle.EXPIRED);
    }
    if (!token.allows(request.node().client(), request.node().nodeId())) {
      return Optional.of(AssociationObstacle.ANOTHER_NODE);
    }
    Optional<Instance> known = store.appInstances().find(request.name());
    if (known.filter(instance -> instance.state() == State.REVOKED).isPresent()) {
      return Optional.of(AssociationObstacle.REVOKED_INSTANCE);
    }
    return known.filter(instance -> instance.livesUnder(token.id())).isPresent()
        ? Optional.empty()
        : obstacleToOneMore(store, request, token);
  }

  private static Optional<AssociationObstacle> obstacleToOneMore(
      AppStore store, AssociationRequest request, IssuedToken token) {
    int onNode = store.appInstances().countLiving(token.id(), request.node().client());
    if (onNode >= token.caps().perNode()) {
      return Optional.of(AssociationObstacle.NODE_CAP_REACHED);
    }
    return store.appInstances().countLiving(token.id()) < token.caps().perToken()
        ? Optional.empty()
        : Optional.of(AssociationObstacle.TOKEN_CAP_REACHED);
  }

  private static Association granted(
      AppStore store, AssociationRequest request, IssuedToken token, SecretKeyBytes secret) {
    Optional<Instance> known = store.appInstances().find(request.name());
    boolean isSame = known.filter(instance -> instance.livesUnder(token.id())).isPresent();
    if (!isSame) {
      letIn(store, request, token);
    }
    return new Association(
        request.name(),
        KeyLadder.applicationInstance(secret, request.application(), request.instance()),
        token.id(),
        token.validity().until(),
        token.services(),
        isSame ? known.flatMap(Instance::kaId) : Optional.empty());
  }

  private static void letIn(AppStore store, AssociationRequest request, IssuedToken token) {
    store
        .appInstances()
        .put(new Instance(request.name(), token.id(), Optional.empty(), State.ACTIVE, store.now()));
    store
        .audit()
        .record(
            request.node().credential().toString(),
            AuditAction.APP_INSTANCE_ASSOCIATED,
            request.application().value(),
            detail(request).build());
  }

  static Attributes.Builder detail(AssociationRequest request) {
    return Attributes.builder()
        .put("instance", request.instance().value())
        .put("token", request.token().toString())
        .put("node", request.node().client().value());
  }

  @Override
  public void bind(AppStore store, InstanceName instance, KeyIdentifier kaId) {
    store.appInstances().addKey(instance, kaId);
  }

  @Override
  public Optional<Instance> holderOf(AppStore store, KeyIdentifier kaId) {
    return store.appInstances().ofKey(kaId);
  }

  @Override
  public boolean isOfAnother(AppStore store, InstanceName instance) {
    return store.appInstances().isOfAnother(instance);
  }

  @Override
  public void giveUp(AppStore store, InstanceName instance, String actor) {
    instances.giveUp(store, instance, actor);
  }
}
