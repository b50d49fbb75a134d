// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.KeyRegistration;

/** What an operator does with enrolees (Bootstrap Credential Configuration, TS-0003 8.3.1.2). */
public final class Enrolees {
  private static final int WEAK_BELOW_OCTETS = 16;

  /** What can also stand as a label in a domain name. */
  private static final Pattern CSE_ID_STEM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final ServiceProvider provider;
  private final Generations generations;
  private final SecureRandom random = new SecureRandom();
  private final CseIds cseIds = new CseIds();

  public Enrolees(ServiceProvider provider, Generations generations) {
    this.provider = provider;
    this.generations = generations;
  }

  /** An enrolee that was added. */
  public record Added(Enrolee enrolee, Kpm kpm) {}

  /** Where the Kpm of an added enrolee came from. */
  public sealed interface Kpm {
    /** From the operator. */
    record Given() implements Kpm {}

    /** From here; the one occasion to learn it. The reader destroys it. */
    record Generated(SecretKeyBytes key) implements Kpm {}
  }

  /** All there is to know of an enrolee; never a key. */
  public record View(
      Enrolee enrolee,
      List<ClientRegistration> clientRegistrations,
      List<KeyRegistration> keyRegistrations,
      List<Credential> credentials) {}

  /**
   * Adds an enrolee with its bootstrap credential.
   *
   * @throws InvalidEnroleeException if a field does not fit or an id is taken
   */
  public Added add(EnroleeStore store, NewEnrolee wanted, String actor) {
    Optional<SecretKeyBytes> given = wanted.kpm();
    given.ifPresent(key -> requireStrength(key, wanted.allowsWeakKey()));
    SecretKeyBytes kpm = given.orElseGet(SecretKeyBytes::random);
    Enrolee enrolee =
        new Enrolee(
            wanted.kpmId().map(id -> checkedKpmId(store, id)).orElseGet(this::randomKpmId),
            kpm.fingerprint(),
            wanted.expiresAt(),
            wanted.nodeId().map(id -> checkedNodeId(store, id)).orElseGet(Enrolees::randomNodeId),
            wanted.cseId().map(id -> checkedCseId(store, id)).orElseGet(() -> unusedCseId(store)),
            wanted.path(),
            wanted.enrolmentLifetime().orElse(provider.lifetimes().enrolment()),
            new Enrolee.Standing.Active(),
            store.now());
    requireSensibleTimes(store, enrolee);
    store.enrolees().add(enrolee);
    store.credentials().add(bootstrapCredential(enrolee), kpm);
    Attributes detail =
        Attributes.builder()
            .put("cse", enrolee.cseId().value())
            .put("node", enrolee.nodeId().value())
            .put("path", enrolee.path().text())
            .put("kpm", enrolee.kpmFingerprint())
            .build();
    store.audit().record(actor, AuditAction.ENROLEE_ADDED, enrolee.kpmId().toString(), detail);
    return new Added(enrolee, given.isPresent() ? new Kpm.Given() : new Kpm.Generated(kpm));
  }

  /** A page of enrolees in the order of their KpmId, see {@link EnroleeRepository#page}. */
  public List<Enrolee> list(EnroleeStore store, String after, int limit) {
    return store.enrolees().page(after, limit);
  }

  /** An enrolee with its registrations and credentials; empty for an unknown one. */
  public Optional<View> show(EnroleeStore store, KeyIdentifier kpmId) {
    return store
        .enrolees()
        .find(kpmId)
        .map(
            enrolee -> {
              CseId client = clientOf(enrolee);
              return new View(
                  enrolee,
                  store.clientRegistrations().ofClient(client),
                  store.keyRegistrations().ofClient(client),
                  store.credentials().ofClient(client));
            });
  }

  /**
   * Revokes an enrolee with every key that its bootstrapping led to; its live sessions are closed
   * once that is on disk. Again for a revoked one, nothing changes.
   *
   * @return the enrolee as it stands now, empty for an unknown one
   */
  public Optional<Enrolee> revoke(
      EnroleeStore store, KeyIdentifier kpmId, String reason, String actor) {
    return store.enrolees().find(kpmId).map(enrolee -> revoked(store, enrolee, reason, actor));
  }

  private Enrolee revoked(EnroleeStore store, Enrolee enrolee, String reason, String actor) {
    if (enrolee.isRevoked()) {
      return enrolee;
    }
    Enrolee revoked = enrolee.revoked(store.now(), reason);
    store.enrolees().setStanding(enrolee.kpmId(), revoked.standing());
    CseId client = clientOf(enrolee);
    store
        .audit()
        .record(
            actor,
            AuditAction.ENROLEE_REVOKED,
            enrolee.kpmId().toString(),
            Attributes.builder().put("reason", reason).build());
    generations.revoke(store, enrolee.kpmId(), reason, actor);
    // What stands below a removed credential is out of the cascade's reach.
    for (Credential left : store.credentials().ofClient(client)) {
      boolean alreadyRevoked =
          store
              .credentials()
              .find(left.identity())
              .filter(now -> now.status() == Credential.Status.REVOKED)
              .isPresent();
      if (!alreadyRevoked) {
        generations.revoke(store, left.identity(), reason, actor);
      }
    }
    store.keyRegistrations().ofClient(client).stream()
        .map(KeyRegistration::identity)
        .forEach(store.keyRegistrations()::remove);
    store.clientRegistrations().ofClient(client).forEach(store.clientRegistrations()::remove);
    return revoked;
  }

  private CseId clientOf(Enrolee enrolee) {
    return enrolee.cseId().absolute(provider.sp());
  }

  private Credential bootstrapCredential(Enrolee enrolee) {
    return new Credential(
        enrolee.kpmId(),
        Credential.Kind.KPM,
        FunctionRole.MEF,
        clientOf(enrolee),
        enrolee.kpmId(),
        clientOf(enrolee) + " bootstrap",
        Credential.Status.CURRENT,
        enrolee.kpmExpiresAt());
  }

  private KeyIdentifier checkedKpmId(EnroleeStore store, KeyIdentifier id) {
    if (!id.issuer().equals(provider.mef())) {
      throw new InvalidEnroleeException("kpmId: write NAME@" + provider.mef());
    }
    if (store.credentials().find(id).isPresent() || store.keyRegistrations().find(id).isPresent()) {
      throw new InvalidEnroleeException("kpmId: " + id + " was used before, choose another");
    }
    return id;
  }

  private KeyIdentifier randomKpmId() {
    byte[] octets = new byte[RelativeKeyId.OCTETS];
    random.nextBytes(octets);
    return RelativeKeyId.of(octets).at(provider.mef());
  }

  private static NodeId checkedNodeId(EnroleeStore store, NodeId id) {
    if (store.enrolees().findByNode(id).isPresent()) {
      throw new InvalidEnroleeException(
          "nodeId: " + id + " belongs to another enrolee, choose another");
    }
    return id;
  }

  private static NodeId randomNodeId() {
    return new NodeId("urn:uuid:" + UUID.randomUUID());
  }

  private CseId checkedCseId(EnroleeStore store, CseId id) {
    if (id.isAbsolute() || !CSE_ID_STEM.matcher(id.stem()).matches()) {
      throw new InvalidEnroleeException(
          "csi: write '/' and up to 63 lower case letters, digits or '-' ('-' in between only)");
    }
    if (id.isSameAs(provider.cse(), provider.sp()) || store.enrolees().findByCse(id).isPresent()) {
      throw new InvalidEnroleeException("csi: " + id + " belongs to another CSE, choose another");
    }
    return id;
  }

  private CseId unusedCseId(EnroleeStore store) {
    while (true) {
      CseId id = cseIds.next(store.now());
      if (store.enrolees().findByCse(id).isEmpty()) {
        return id;
      }
    }
  }

  private static void requireSensibleTimes(EnroleeStore store, Enrolee enrolee) {
    if (!enrolee.kpmExpiresAt().isAfter(store.now())) {
      throw new InvalidEnroleeException("expires: give a time in the future");
    }
    if (enrolee.enrolmentLifetime().toSeconds() < 1) {
      throw new InvalidEnroleeException("enrolment lifetime: give at least one second");
    }
  }

  private static void requireStrength(SecretKeyBytes key, boolean weakAllowed) {
    if (key.length() < WEAK_BELOW_OCTETS && !weakAllowed) {
      throw new InvalidEnroleeException(
          "kpm: give at least "
              + WEAK_BELOW_OCTETS
              + " octets, or start the server with --allow-weak-key");
    }
  }
}
