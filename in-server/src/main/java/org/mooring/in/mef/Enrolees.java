// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mooring.common.certificate.CertificateName;
import org.mooring.common.certificate.PublicKeyId;
import org.mooring.common.gba.Impi;
import org.mooring.common.gba.SequenceNumber;
import org.mooring.common.gba.SubscriberKey;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.NodeId;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentPath;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.hss.Subscriber;
import org.mooring.in.mef.NodeNames.Names;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.KeyRegistration;

/** What an operator does with enrolees (Bootstrap Credential Configuration, TS-0003 8.3.1.2). */
public final class Enrolees {
  private static final int WEAK_BELOW_OCTETS = 16;
  private static final SequenceNumber NO_NUMBER_USED = new SequenceNumber(0);

  /** What can also stand as a label in a domain name. */
  private static final Pattern CSE_ID_STEM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private final ServiceProvider provider;
  private final Generations generations;
  private final NodeNames nodeNames;
  private final SecureRandom random = new SecureRandom();

  public Enrolees(ServiceProvider provider, Generations generations) {
    this(provider, generations, new NodeNames());
  }

  /**
   * @param nodeNames makes the names of nodes that were given none
   */
  public Enrolees(ServiceProvider provider, Generations generations, NodeNames nodeNames) {
    this.provider = provider;
    this.generations = generations;
    this.nodeNames = nodeNames;
  }

  /** An enrolee that was added. */
  public record Added(Enrolee enrolee, Key key) {}

  /** Where the factory key of an added enrolee came from. */
  public sealed interface Key {
    /** From the operator. */
    record Given() implements Key {}

    /** From here; the one occasion to learn it. The reader destroys it. */
    record Generated(SecretKeyBytes octets) implements Key {}
  }

  /** All there is to know of an enrolee; never a key. */
  public record View(
      Enrolee enrolee,
      List<ClientRegistration> clientRegistrations,
      List<KeyRegistration> keyRegistrations,
      List<Credential> credentials) {}

  /**
   * Adds an enrolee with the credential that it has from the factory.
   *
   * @throws InvalidEnroleeException if a field does not fit or an id is taken
   */
  public Added add(EnroleeStore store, NewEnrolee wanted, String actor) {
    return switch (wanted.factoryKey()) {
      case KPM, KM, KPSA -> addWithKey(store, wanted, actor);
      case USIM -> addWithSubscription(store, wanted, actor);
      case CERTIFICATE, PUBLIC_KEY -> addWithoutKey(store, wanted, actor);
    };
  }

  private Added addWithKey(EnroleeStore store, NewEnrolee wanted, String actor) {
    FactoryKey kind = wanted.factoryKey();
    Optional<SecretKeyBytes> given = wanted.key();
    given.ifPresent(key -> requireStrength(kind, key, wanted.allowsWeakKey()));
    SecretKeyBytes key = given.orElseGet(SecretKeyBytes::random);
    Names names = names(store, wanted);
    KeyIdentifier id =
        wanted.id().map(own -> checkedId(store, kind, own)).orElseGet(() -> randomId(kind));
    Enrolee enrolee = enrolee(store, wanted, names, id, key.fingerprint());
    store.enrolees().add(enrolee);
    store.credentials().add(factoryCredential(enrolee), key);
    endWithSubscription(store, enrolee);
    record(store, enrolee, actor);
    return new Added(enrolee, given.isPresent() ? new Key.Given() : new Key.Generated(key));
  }

  /** The key goes to the HSS; the credential says that the IMPI may bootstrap. */
  private Added addWithSubscription(EnroleeStore store, NewEnrolee wanted, String actor) {
    SecretKeyBytes joined = wanted.key().orElseGet(SecretKeyBytes::random);
    SubscriberKey key = subscriberKey(joined);
    Names names = names(store, wanted);
    KeyIdentifier id =
        checkedImpi(
            checkedId(
                store, FactoryKey.USIM, wanted.id().orElseGet(() -> randomId(FactoryKey.USIM))));
    Enrolee enrolee = enrolee(store, wanted, names, id, key.k().fingerprint());
    store.enrolees().add(enrolee);
    store.credentials().add(factoryCredential(enrolee));
    store.subscribers().add(new Subscriber(new Impi(id), key, NO_NUMBER_USED));
    key.destroy();
    record(store, enrolee, actor);
    return new Added(
        enrolee, wanted.key().isPresent() ? new Key.Given() : new Key.Generated(joined));
  }

  private static SubscriberKey subscriberKey(SecretKeyBytes joined) {
    try {
      return SubscriberKey.of(joined);
    } catch (IllegalArgumentException e) {
      throw new InvalidEnroleeException("usimK: give 16 octets, and as many with usimOpc");
    }
  }

  private KeyIdentifier checkedImpi(KeyIdentifier id) {
    if (provider.isNameOfFunction(id.issuer())) {
      throw new InvalidEnroleeException("impi: write user@realm with the operator's realm");
    }
    return id;
  }

  /** What the node shows is all there is to know it by: that gives the credential its identity. */
  private Added addWithoutKey(EnroleeStore store, NewEnrolee wanted, String actor) {
    Names names = names(store, wanted);
    Shown shown = shown(wanted, names);
    KeyIdentifier id =
        checkedId(
            store,
            wanted.factoryKey(),
            new KeyIdentifier(shown.relativeId(), wanted.factoryKey().issuer(provider)));
    Enrolee enrolee = enrolee(store, wanted, names, id, shown.text());
    store.enrolees().add(enrolee);
    store.credentials().add(factoryCredential(enrolee));
    store.credentials().add(shownTo(FunctionRole.MAF, provider.maf(), enrolee, shown));
    store.credentials().add(shownTo(FunctionRole.CSE, provider.cseFqdn(), enrolee, shown));
    endWithSubscription(store, enrolee);
    record(store, enrolee, actor);
    return new Added(enrolee, new Key.Given());
  }

  /**
   * The same toward another function (TS-0003 clauses 8.2.2.2, 8.8.3.1): it ends with the first.
   */
  private Credential shownTo(FunctionRole role, Fqdn function, Enrolee enrolee, Shown shown) {
    return new Credential(
        new KeyIdentifier(shown.relativeId(), function),
        enrolee.factoryKey().kind(),
        role,
        clientOf(enrolee),
        enrolee.id(),
        clientOf(enrolee) + " factory " + role.text(),
        Credential.Status.CURRENT,
        enrolee.opensUntil());
  }

  /** What a node without a key in common shows. */
  private record Shown(String relativeId, String text) {}

  private Shown shown(NewEnrolee wanted, Names names) {
    if (wanted.factoryKey() == FactoryKey.PUBLIC_KEY) {
      PublicKeyId key =
          wanted
              .publicKey()
              .orElseThrow(
                  () -> new InvalidEnroleeException("publicKey: give the node's public key"));
      return new Shown(key.relativeId(), key.toString());
    }
    CertificateName name = certificateName(wanted, names);
    return new Shown(name.relativeId(), name.text());
  }

  private CertificateName certificateName(NewEnrolee wanted, Names names) {
    if (wanted.deviceId().isPresent() != (wanted.certificate() == CertificateKind.DEVICE)) {
      throw new InvalidEnroleeException("deviceId: give it with certificate device, and only then");
    }
    return switch (wanted.certificate()) {
      case CSE_ID -> new CertificateName.OfDomain(names.cseId().fqdn(provider.sp()));
      case NODE_ID -> new CertificateName.OfNode(names.nodeId());
      case DEVICE -> new CertificateName.OfDevice(wanted.deviceId().orElseThrow());
    };
  }

  /** Its credential is kept to its own end, for the subscription may be extended. */
  private static void endWithSubscription(EnroleeStore store, Enrolee enrolee) {
    if (enrolee.subscribedUntil().isBefore(enrolee.credentialExpiresAt())) {
      store.credentials().setExpiry(enrolee.id(), enrolee.subscribedUntil());
    }
  }

  private Names names(EnroleeStore store, NewEnrolee wanted) {
    return new Names(
        wanted.nodeId().map(id -> checkedNodeId(store, id)).orElseGet(NodeNames::randomNodeId),
        wanted
            .cseId()
            .map(id -> checkedCseId(store, id))
            .orElseGet(() -> nodeNames.unusedCseId(store)));
  }

  private Enrolee enrolee(
      EnroleeStore store, NewEnrolee wanted, Names names, KeyIdentifier id, String fingerprint) {
    Enrolee enrolee =
        new Enrolee(
            id,
            wanted.factoryKey(),
            fingerprint,
            wanted.expiresAt(),
            names.nodeId(),
            names.cseId(),
            checkedPath(wanted.factoryKey(), wanted.path()),
            wanted.enrolmentLifetime().orElse(provider.lifetimes().enrolment()),
            wanted.subscribedUntil().truncatedTo(ChronoUnit.SECONDS),
            new Enrolee.Standing.Active(),
            store.now());
    requireSensibleTimes(store, enrolee);
    return enrolee;
  }

  private static void record(EnroleeStore store, Enrolee enrolee, String actor) {
    Attributes detail =
        Attributes.builder()
            .put("cse", enrolee.cseId().value())
            .put("node", enrolee.nodeId().value())
            .put("path", enrolee.path().text())
            .put(enrolee.factoryKey().text(), enrolee.fingerprint())
            .put("until", enrolee.subscribedUntil())
            .build();
    store.audit().record(actor, AuditAction.ENROLEE_ADDED, enrolee.id().toString(), detail);
  }

  /**
   * Gives an enrolee another Kpm under another KpmId, for identifiers are never used again. The
   * earlier one is gone at once, with its sessions; the enrolment it led to goes on.
   *
   * @param wantedId none: a random one
   * @param given none: 32 random octets; the caller destroys its key
   * @return empty for an unknown enrolee
   * @throws InvalidEnroleeException if the enrolee has no Kpm or was revoked, or a value does not
   *     fit
   */
  public Optional<Added> rekey(
      EnroleeStore store,
      KeyIdentifier id,
      Optional<KeyIdentifier> wantedId,
      Optional<SecretKeyBytes> given,
      boolean allowWeakKey,
      String actor) {
    Optional<Enrolee> found = store.enrolees().find(provider.canonical(id));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Enrolee before = found.get();
    requireReplaceableKey(before);
    FactoryKey kind = before.factoryKey();
    given.ifPresent(key -> requireStrength(kind, key, allowWeakKey));
    SecretKeyBytes key = given.orElseGet(SecretKeyBytes::random);
    KeyIdentifier renewedId =
        wantedId.map(own -> checkedId(store, kind, own)).orElseGet(() -> randomId(kind));
    Enrolee renewed = before.withFactoryKey(renewedId, key.fingerprint());
    store.enrolees().setFactoryKey(before.id(), renewed);
    store.credentials().add(factoryCredential(renewed), key);
    generations.remove(store, before.id());
    store
        .audit()
        .record(
            actor,
            AuditAction.ENROLEE_REKEYED,
            renewedId.toString(),
            Attributes.builder()
                .put("earlier", before.id().toString())
                .put(kind.text(), key.fingerprint())
                .build());
    return Optional.of(
        new Added(renewed, given.isPresent() ? new Key.Given() : new Key.Generated(key)));
  }

  private static void requireReplaceableKey(Enrolee enrolee) {
    if (enrolee.isRevoked()) {
      throw new InvalidEnroleeException("id: " + enrolee.id() + " was revoked, add the node anew");
    }
    if (enrolee.factoryKey() != FactoryKey.KPM) {
      throw new InvalidEnroleeException(
          "id: " + enrolee.id() + " is of no Kpm; revoke it and add the node anew");
    }
  }

  /** What a node is told by the MEF, or by its factory where it never meets one. */
  public ClientConfiguration configuration(Enrolee enrolee) {
    return enrolee.configuration(provider);
  }

  /** A page of enrolees in the order of their ids, see {@link EnroleeRepository#page}. */
  public List<Enrolee> list(EnroleeStore store, String after, int limit) {
    return store.enrolees().page(after, limit);
  }

  /** An enrolee with its registrations and credentials; empty for an unknown one. */
  public Optional<View> show(EnroleeStore store, KeyIdentifier id) {
    return store
        .enrolees()
        .find(provider.canonical(id))
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
   * Revokes an enrolee as compromised, with every key that its bootstrapping led to; its live
   * sessions are closed once that is on disk. Again for a revoked one, nothing changes.
   *
   * @return the enrolee as it stands now, empty for an unknown one
   */
  public Optional<Enrolee> revoke(
      EnroleeStore store, KeyIdentifier id, String reason, String actor) {
    return store
        .enrolees()
        .find(provider.canonical(id))
        .map(enrolee -> revoked(store, enrolee, reason, actor));
  }

  /**
   * Retires an enrolee in good order: its factory credential opens no session any longer, and what
   * was derived lives to its own end, its live sessions with it. A revoked or retired one stays as
   * it is; a retired one may still be revoked.
   *
   * @return the enrolee as it stands now, empty for an unknown one
   */
  public Optional<Enrolee> retire(
      EnroleeStore store, KeyIdentifier id, String reason, String actor) {
    return store
        .enrolees()
        .find(provider.canonical(id))
        .map(enrolee -> retired(store, enrolee, reason, actor));
  }

  private Enrolee retired(EnroleeStore store, Enrolee enrolee, String reason, String actor) {
    if (enrolee.isRevoked() || enrolee.isRetired()) {
      return enrolee;
    }
    Enrolee retired = enrolee.withStanding(new Enrolee.Standing.Retired(store.now(), reason));
    store.enrolees().setStanding(enrolee.id(), retired.standing());
    record(store, enrolee, AuditAction.ENROLEE_RETIRED, reason, actor);
    generations.retire(store, enrolee.id(), reason, actor);
    return retired;
  }

  private Enrolee revoked(EnroleeStore store, Enrolee enrolee, String reason, String actor) {
    if (enrolee.isRevoked()) {
      return enrolee;
    }
    Enrolee revoked = enrolee.withStanding(new Enrolee.Standing.Revoked(store.now(), reason));
    store.enrolees().setStanding(enrolee.id(), revoked.standing());
    if (enrolee.factoryKey() == FactoryKey.USIM) {
      store.subscribers().remove(new Impi(enrolee.id()));
    }
    CseId client = clientOf(enrolee);
    record(store, enrolee, AuditAction.ENROLEE_REVOKED, reason, actor);
    generations.revoke(store, enrolee.id(), reason, actor);
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

  private static void record(
      EnroleeStore store, Enrolee enrolee, AuditAction action, String reason, String actor) {
    Attributes detail = Attributes.builder().put("reason", reason).build();
    store.audit().record(actor, action, enrolee.id().toString(), detail);
  }

  private CseId clientOf(Enrolee enrolee) {
    return enrolee.cseId().absolute(provider.sp());
  }

  private Credential factoryCredential(Enrolee enrolee) {
    return new Credential(
        enrolee.id(),
        enrolee.factoryKey().kind(),
        enrolee.factoryKey().role(),
        clientOf(enrolee),
        enrolee.id(),
        clientOf(enrolee) + " factory",
        Credential.Status.CURRENT,
        enrolee.credentialExpiresAt());
  }

  private KeyIdentifier checkedId(EnroleeStore store, FactoryKey kind, KeyIdentifier wanted) {
    KeyIdentifier id = provider.canonical(wanted);
    if (!kind.takesAnyIssuer() && !id.issuer().equals(kind.issuer(provider))) {
      throw new InvalidEnroleeException(kind.idText() + ": write NAME@" + kind.issuer(provider));
    }
    if (store.credentials().find(id).isPresent() || store.keyRegistrations().find(id).isPresent()) {
      throw new InvalidEnroleeException(
          kind.idText() + ": " + id + " was used before, choose another");
    }
    return id;
  }

  private KeyIdentifier randomId(FactoryKey kind) {
    byte[] octets = new byte[RelativeKeyId.OCTETS];
    random.nextBytes(octets);
    return RelativeKeyId.of(octets).at(kind.issuer(provider));
  }

  private static EnrolmentPath checkedPath(FactoryKey kind, Optional<EnrolmentPath> wanted) {
    EnrolmentPath usual = kind.path().orElse(EnrolmentPath.MAF);
    EnrolmentPath path = wanted.orElse(usual);
    if (kind.isPreProvisioned() && path != usual) {
      throw new InvalidEnroleeException(
          "path: a node with a " + kind.text() + " takes " + usual.text() + ", leave it out");
    }
    return path;
  }

  private static NodeId checkedNodeId(EnroleeStore store, NodeId id) {
    if (store.enrolees().findByNode(id).isPresent()) {
      throw new InvalidEnroleeException(
          "nodeId: " + id + " belongs to another enrolee, choose another");
    }
    return id;
  }

  private CseId checkedCseId(EnroleeStore store, CseId id) {
    if (id.isAbsolute() || !CSE_ID_STEM.matcher(id.stem()).matches()) {
      throw new InvalidEnroleeException(
          "csi: write '/' and up to 63 lower case letters, digits or '-' ('-' in between only)");
    }
    if (provider.isNameOfFunction(id.fqdn(provider.sp()))) {
      throw new InvalidEnroleeException(
          "csi: " + id + " has the domain name of a function, choose another");
    }
    if (id.isSameAs(provider.cse(), provider.sp()) || store.enrolees().findByCse(id).isPresent()) {
      throw new InvalidEnroleeException("csi: " + id + " belongs to another CSE, choose another");
    }
    return id;
  }

  private static void requireSensibleTimes(EnroleeStore store, Enrolee enrolee) {
    if (!enrolee.credentialExpiresAt().isAfter(store.now())) {
      throw new InvalidEnroleeException("expires: give a time in the future");
    }
    if (enrolee.isEndedAt(store.now())) {
      throw new InvalidEnroleeException("until: give a time in the future");
    }
    if (enrolee.enrolmentLifetime().toSeconds() < 1) {
      throw new InvalidEnroleeException("enrolment lifetime: give at least one second");
    }
  }

  private static void requireStrength(FactoryKey kind, SecretKeyBytes key, boolean weakAllowed) {
    if (key.length() < WEAK_BELOW_OCTETS && !weakAllowed) {
      throw new InvalidEnroleeException(
          kind.text()
              + ": give at least "
              + WEAK_BELOW_OCTETS
              + " octets, or start the server with --allow-weak-key");
    }
  }
}
