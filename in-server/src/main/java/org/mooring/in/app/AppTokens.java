// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mooring.common.application.AllowedNode;
import org.mooring.common.application.ApplicationToken;
import org.mooring.common.application.TokenValidity;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.M2mTimestamp;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.provider.ServiceProvider;

/** What an operator does with tokens. */
public final class AppTokens {
  /** The most nodes that one token names, and the most roles, so that it stays readable. */
  public static final int MOST_NAMED = 200;

  private final ServiceProvider provider;
  private final SigningKeys signingKeys;

  public AppTokens(ServiceProvider provider, SigningKeys signingKeys) {
    this.provider = provider;
    this.signingKeys = signingKeys;
  }

  /**
   * A token that was issued.
   *
   * @param compact the token as it is handed over, a secret as a whole; nobody can show it again
   */
  public record Issued(IssuedToken token, String compact) {
    @Override
    public String toString() {
      return "Issued[" + token.id() + "]";
    }
  }

  /**
   * Issues a token with a secret of its own, signed with the key that signs now.
   *
   * @throws InvalidApplicationException if the application does not stand or a field does not fit
   */
  public Issued issue(AppStore store, NewToken wanted, String actor) {
    requireStanding(store, wanted.application());
    requireFitting(store, wanted);
    SigningKey key = signingKeys.current(store, actor);
    SecretKeyBytes secret = SecretKeyBytes.random();
    try {
      ApplicationToken token = token(store, wanted, secret);
      IssuedToken issued =
          new IssuedToken(
              token.id(),
              token.application(),
              secret.fingerprint(),
              token.validity(),
              token.nodes(),
              token.services(),
              token.caps(),
              key.kid(),
              new Standing.Active(),
              store.now());
      store.appTokens().add(issued, secret);
      record(store, issued, actor);
      return new Issued(issued, signingKeys.sign(store, token, key));
    } finally {
      secret.destroy();
    }
  }

  private ApplicationToken token(AppStore store, NewToken wanted, SecretKeyBytes secret) {
    return new ApplicationToken(
        TokenId.random(provider.sp().fqdn()),
        wanted.application(),
        provider.maf(),
        secret,
        new TokenValidity(wanted.from().orElse(store.now()), wanted.until()),
        wanted.nodes(),
        wanted.services(),
        wanted.caps(),
        store.now());
  }

  private static void record(AppStore store, IssuedToken token, String actor) {
    store
        .audit()
        .record(
            actor,
            AuditAction.APP_TOKEN_ISSUED,
            token.id().toString(),
            Attributes.builder()
                .put("appId", token.application().value())
                .put("secret", token.fingerprint())
                .put("until", token.validity().until().toString())
                .put("nodes", token.nodes().size())
                .build());
  }

  public Optional<IssuedToken> find(AppStore store, TokenId id) {
    return store.appTokens().find(id);
  }

  /** The tokens of an application that were issued last, the latest first. */
  public List<IssuedToken> ofApplication(AppStore store, AppId application, int limit) {
    return store.appTokens().ofApplication(application, limit);
  }

  /**
   * Lets no instance in by the token any more and wipes its secret; {@link Instances#endUnder} ends
   * those that live. Again for a revoked one, nothing changes.
   *
   * @return the token as it stands now, empty for an unknown one
   */
  public Optional<IssuedToken> revoke(AppStore store, TokenId id, String reason, String actor) {
    Optional<IssuedToken> token = store.appTokens().find(id);
    if (token.filter(found -> !found.standing().isRevoked()).isPresent()) {
      store.appTokens().revoke(id, new Standing.Revoked(store.now(), reason));
      store
          .audit()
          .record(
              actor,
              AuditAction.APP_TOKEN_REVOKED,
              id.toString(),
              Attributes.builder().put("reason", reason).build());
    }
    return store.appTokens().find(id);
  }

  private static void requireStanding(AppStore store, AppId id) {
    Application application =
        store
            .applications()
            .find(id)
            .orElseThrow(
                () ->
                    new InvalidApplicationException(
                        "appId: " + id + " is not registered, 'app register' adds it"));
    if (application.standing().isRevoked()) {
      throw new InvalidApplicationException("appId: " + id + " was revoked, register another one");
    }
  }

  /** The MAF associates instances of nodes with a CSE alone, which are their registrars. */
  private static boolean isAe(AllowedNode node) {
    return node.value().startsWith("/") && EntityId.of(node.value()) instanceof AeId;
  }

  private void requireFitting(AppStore store, NewToken wanted) {
    if (wanted.nodes().isEmpty() || wanted.nodes().size() > MOST_NAMED) {
      throw new InvalidApplicationException("nodes: name 1 to " + MOST_NAMED);
    }
    Optional<AllowedNode> ae = wanted.nodes().stream().filter(AppTokens::isAe).findFirst();
    if (ae.isPresent()) {
      throw new InvalidApplicationException(
          "nodes: "
              + ae.get()
              + " is an AE-ID, and a node without a CSE runs no instances; name one with a CSE");
    }
    if (wanted.services().roles().size() > MOST_NAMED) {
      throw new InvalidApplicationException("roles: name " + MOST_NAMED + " at most");
    }
    requireFittingTargets(wanted.services().targets());
    if (!wanted.until().isBefore(M2mTimestamp.NEVER)) {
      throw new InvalidApplicationException("until: name an end, no token lives for ever");
    }
    Instant from = wanted.from().orElse(store.now());
    Instant earliest = from.isAfter(store.now()) ? from : store.now();
    if (!wanted.until().truncatedTo(ChronoUnit.SECONDS).isAfter(earliest)) {
      throw new InvalidApplicationException("until: give a time in the future, after 'from'");
    }
  }

  /** The MAF distributes keys to its own clients alone. */
  private void requireFittingTargets(List<EntityId> targets) {
    if (targets.size() > MOST_NAMED) {
      throw new InvalidApplicationException("targets: name " + MOST_NAMED + " at most");
    }
    for (EntityId target : targets) {
      if (target instanceof AeId ae && (ae.isStem() || ae.isLoneLetter())) {
        throw new InvalidApplicationException(
            "targets: " + ae + " names no one AE; write /CSE/C… or /S…");
      }
      if (!target.absolute(provider.sp()).value().startsWith(provider.sp() + "/")) {
        throw new InvalidApplicationException(
            "targets: " + target + " is another provider's, and no client of this MAF");
      }
    }
  }
}
