// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.mooring.common.dtls.CredentialLookup;
import org.mooring.common.gba.TransactionId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.group.ClaimLookUp;
import org.mooring.in.group.ClaimRefusedException;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.MethodCheck;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.Repositories;
import org.mooring.in.transaction.Transactions;
import org.mooring.in.trust.KeyRetrieval;
import org.mooring.in.trust.KeyRetrieval.Reader;

/**
 * Finds the key for a psk_identity and, once the handshake is done, whom it authenticated. The one
 * row that the identity has says with which function it opens a session; a server name of another
 * function lets the handshake fail. The keys of B-TIDs are found by {@link TransactionLookup}.
 */
public final class PskDirectory implements CredentialLookup {
  private static final Duration CERTIFICATE_SESSION = Duration.ofMinutes(10);

  private final Transactions<Repositories> store;
  private final FunctionPaths functions;
  private final KeyRetrieval mef;
  private final KeyRetrieval maf;
  private final ClaimLookUp claims;
  private final MethodCheck methods;

  /**
   * @param claims has the keys of devices that are no enrolees yet
   * @param methods holds the credentials that nodes have of their own against the policy, where
   *     they open sessions with the MAF or the CSE; the MEF tells a node within the session
   */
  public PskDirectory(
      Transactions<Repositories> store,
      FunctionPaths functions,
      KeyRetrieval mef,
      KeyRetrieval maf,
      ClaimLookUp claims,
      MethodCheck methods) {
    this.store = store;
    this.functions = functions;
    this.mef = mef;
    this.maf = maf;
    this.claims = claims;
    this.methods = methods;
  }

  @Override
  public CompletionStage<Optional<SecretKeyBytes>> lookup(Query query) {
    return store.lookUp(tx -> Optional.of(keyFor(tx, query)));
  }

  /** What the MEF says within a session, the handshake with another function has to tell. */
  static void requireMethod(
      Repositories tx, MethodCheck methods, Credential credential, FunctionRole role)
      throws Unusable {
    Optional<String> obstacle =
        role == FunctionRole.MEF ? Optional.empty() : methods.obstacle(tx, credential);
    if (obstacle.isPresent()) {
      throw new Unusable(obstacle.get());
    }
  }

  private SecretKeyBytes keyFor(Repositories tx, Query query) throws Unusable {
    KeyIdentifier identity = usable(query.identity());
    Optional<Credential> known = tx.credentials().find(identity);
    if (known.isEmpty()) {
      return claimKey(tx, identity, query);
    }
    Credential credential = known.get();
    requireUsable(tx, credential);
    requireSameFunction(credential.role(), query.serverName());
    return switch (credential.kind()) {
      case KPM, KM, KPSA, KA ->
          tx.credentials()
              .key(credential.identity())
              .orElseThrow(() -> new Unusable("no key is stored for the identity"));
      case CERTIFICATE -> throw new Unusable("the identity is a certificate's");
      case USIM -> throw new Unusable("the identity is a subscription's");
      case KS -> throw new Unusable("the identity is a B-TID that no BSF is asked for");
      case KE -> retrieve(tx, mef, credential);
      case KC -> retrieve(tx, maf, credential);
    };
  }

  /** Of a device of a group that comes for the first time. */
  private SecretKeyBytes claimKey(Repositories tx, KeyIdentifier identity, Query query)
      throws Unusable {
    if (!methods.accepts(EnrolmentMethod.PSK)) {
      throw new Unusable("psk is not accepted, and a device of a group has nothing else");
    }
    try {
      SecretKeyBytes key = claims.key(tx, identity);
      requireSameFunction(FunctionRole.MEF, query.serverName());
      return key;
    } catch (ClaimRefusedException e) {
      throw new Unusable(String.valueOf(e.getMessage()));
    }
  }

  private KeyIdentifier usable(String text) throws Unusable {
    try {
      return identityOf(text);
    } catch (IdentifierSyntaxException e) {
      throw new Unusable("not a key identifier");
    }
  }

  /**
   * The key identifier that a psk_identity stands for.
   *
   * @throws IdentifierSyntaxException if it is none
   */
  public KeyIdentifier identityOf(String pskIdentity) {
    return functions.canonical(KeyIdentifier.parse(withoutPrefix(pskIdentity)));
  }

  static String withoutPrefix(String pskIdentity) {
    return pskIdentity.startsWith(TransactionId.PSK_PREFIX)
        ? pskIdentity.substring(TransactionId.PSK_PREFIX.length())
        : pskIdentity;
  }

  static void requireUsable(Repositories tx, Credential credential) throws Unusable {
    if (!credential.opensHandshakeAt(tx.now())) {
      throw new Unusable(reasonAgainst(tx, credential));
    }
  }

  private static String reasonAgainst(Repositories tx, Credential credential) {
    Optional<Enrolee> enrolee = tx.enrolees().findByEntity(credential.client().spRelative());
    if (enrolee.filter(e -> e.isEndedAt(tx.now()) && !e.isRevoked()).isPresent()) {
      return "the subscription ended";
    }
    boolean wasRetired = credential.isRoot() && enrolee.filter(Enrolee::isRetired).isPresent();
    return wasRetired && tx.now().isBefore(credential.expiresAt())
        ? "the credential was retired"
        : credential.obstacleAt(tx.now()).orElseThrow();
  }

  private void requireSameFunction(FunctionRole role, Optional<Fqdn> serverName) throws Unusable {
    Optional<FunctionRole> asked = serverName.flatMap(functions::ofName);
    if (asked.isPresent() && asked.get() != role) {
      throw new Unusable("the server name is that of another function");
    }
  }

  /** The target of the credential asks the function that issued it, as it would from afar. */
  private SecretKeyBytes retrieve(Repositories tx, KeyRetrieval issuer, Credential credential)
      throws Unusable {
    RelativeKeyId id =
        credential
            .identity()
            .relativeKeyId()
            .orElseThrow(() -> new Unusable("not a registered key"));
    Reader reader = new Reader(credential.role(), functions.nameOf(credential.role()));
    try {
      return issuer.retrieve(tx, id, reader).key();
    } catch (RefusedException e) {
      throw new Unusable("the issuer keeps the key back: " + e.refusal());
    }
  }

  /**
   * Whom the credential authenticates at this time; empty once it ended.
   *
   * @param serverName which the session was opened with
   */
  public CompletionStage<Optional<SecurityPrincipal>> principal(
      KeyIdentifier identity, Optional<Fqdn> serverName) {
    return store.lookUp(
        tx -> {
          Optional<Credential> known = tx.credentials().find(identity);
          return known.isEmpty()
              ? claims.claimant(tx, identity)
              : known
                  .filter(credential -> credential.keepsSessionAt(tx.now()))
                  .flatMap(
                      credential -> principalOf(tx, credential, roleOf(credential, serverName)))
                  .filter(principal -> isTaken(tx, known.get(), principal.role()));
        });
  }

  /** Holds for sessions that are resumed, too. */
  private boolean isTaken(Repositories tx, Credential credential, FunctionRole role) {
    return role == FunctionRole.MEF || methods.obstacle(tx, credential).isEmpty();
  }

  private FunctionRole roleOf(Credential credential, Optional<Fqdn> serverName) {
    return credential.kind() == Credential.Kind.KS
        ? serverName.flatMap(functions::ofName).orElse(credential.role())
        : credential.role();
  }

  /** A session outlives its certificate, or the revocation of that, by this at most. */
  private static Instant endOfSession(Credential credential, Instant now) {
    Instant longest = now.plus(CERTIFICATE_SESSION);
    return credential.kind() == Credential.Kind.CERTIFICATE
            && longest.isBefore(credential.expiresAt())
        ? longest
        : credential.expiresAt();
  }

  private static Optional<SecurityPrincipal> principalOf(
      Repositories tx, Credential credential, FunctionRole role) {
    return switch (role) {
      case MEF ->
          tx.enrolees()
              .ofClient(credential.client())
              .map(
                  enrolee ->
                      new SecurityPrincipal.Enrolee(
                          credential.identity(),
                          credential.client(),
                          enrolee.nodeId(),
                          endOfSession(credential, tx.now())));
      case MAF ->
          Optional.of(
              new SecurityPrincipal.MafClient(
                  credential.identity(), credential.client(), endOfSession(credential, tx.now())));
      case CSE ->
          Optional.of(
              new SecurityPrincipal.AssociatedEntity(
                  credential.identity(), credential.client(), endOfSession(credential, tx.now())));
    };
  }
}
