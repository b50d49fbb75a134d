// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.maf;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.AppInstanceId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.IdentifierSyntaxException;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.identifier.TokenId;
import org.mooring.common.key.ApplicationProof;
import org.mooring.common.key.KeyLadder;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.resource.TrustResources;
import org.mooring.in.app.AppStore;
import org.mooring.in.app.ApplicationRegistry;
import org.mooring.in.app.AskingNode;
import org.mooring.in.app.Association;
import org.mooring.in.app.AssociationObstacle;
import org.mooring.in.app.AssociationRefusedException;
import org.mooring.in.app.AssociationRequest;
import org.mooring.in.app.Instance;
import org.mooring.in.app.InstanceName;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.bsf.BsfStore;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.subscription.AssociatedInstance;
import org.mooring.in.trust.BaseChild;
import org.mooring.in.trust.SessionExport;
import org.mooring.in.trust.TrustStore;

/**
 * AE Subscription Association at the MAF: a node asks in its own session for a key of an
 * application that runs on it and proves that the application has its token. That session is one
 * with the MAF, or the node's association with the IN-CSE, which relays the request. The registry
 * judges the proof and gives A; the MAF derives Ka of it and of Km, that of the session or the one
 * that the association came from, so that neither has the other's root secret. With Ka the instance
 * is a client of the MAF itself, as the AE {@code <CSE-ID>/<App-Inst-ID>}, and in the subscription
 * of its CSE.
 *
 * @param <S> the transaction it works in
 */
public final class ApplicationAssociations<S extends TrustStore & AppStore & BsfStore>
    implements BaseChild<S> {
  private final ServiceProvider provider;
  private final Generations generations;
  private final ApplicationRegistry registry;
  private final MasterKeys<S> masterKeys;
  private final AssociationQuota quota;

  /**
   * @param registry judges the proofs
   * @param masterKeys has Km of what opened a session with the MAF
   * @param quota how often a node may have a new key
   */
  public ApplicationAssociations(
      ServiceProvider provider,
      Generations generations,
      ApplicationRegistry registry,
      MasterKeys<S> masterKeys,
      AssociationQuota quota) {
    this.provider = provider;
    this.generations = generations;
    this.registry = registry;
    this.masterKeys = masterKeys;
    this.quota = quota;
  }

  @Override
  public ResourcePolicy policy() {
    return TrustResources.APP_ASSOCIATION;
  }

  @Override
  public boolean has(S store, RelativeKeyId id) {
    return key(store, id).isPresent();
  }

  /**
   * Associates an instance, or answers for one that has a key by the same token and Km as before;
   * where these live longer by now than they did when it was given, with the next key.
   *
   * @throws RefusedException INVALID_ATTRIBUTE, NOT_REGISTERED_WITH_FUNCTION, CREDENTIAL_ENDED,
   *     NEW_HANDSHAKE_NEEDED in a resumed session, MASTER_KEY_NEEDED where no Km is behind the
   *     session, APP_INSTANCE_ID_TAKEN
   * @throws org.mooring.in.app.AssociationRefusedException by the registry, or TOO_OFTEN where a
   *     new key is needed
   */
  @Override
  public Attributes create(
      S store, SecurityPrincipal client, Attributes given, SessionExport session) {
    if (!(client.client() instanceof CseId node)) {
      throw Refusal.OPERATION_NOT_OFFERED.of("appAssociation for an AE");
    }
    if (session.resumed()) {
      throw Refusal.NEW_HANDSHAKE_NEEDED.of("appAssociation");
    }
    Credential master = master(store, client);
    requireClientRegistration(store, client);
    AssociationRequest request = request(store, client, node, given, session);
    AeId ae = aeId(request);
    Association granted = registry.associate(store, request);
    try {
      requireUntaken(store, granted.name());
      return answer(keyOf(store, master, ae, request, granted), client, granted.name());
    } finally {
      granted.instanceKey().destroy();
    }
  }

  private void requireClientRegistration(S store, SecurityPrincipal client) {
    boolean registered =
        store
            .clientRegistrations()
            .find(FunctionRole.MAF, client.client(), provider.sp().fqdn())
            .filter(registration -> registration.isLiveAt(store.now()))
            .isPresent();
    if (!registered) {
      throw Refusal.NOT_REGISTERED_WITH_FUNCTION.of("session");
    }
  }

  private static <S extends TrustStore & BsfStore> AssociationRequest request(
      S store, SecurityPrincipal client, CseId node, Attributes given, SessionExport session) {
    return new AssociationRequest(
        new AskingNode(
            client.credential(), node, store.enrolees().ofClient(node).map(Enrolee::nodeId)),
        read(given, TrustResourceNames.APP_ID, AppId::new),
        read(given, TrustResourceNames.APP_INSTANCE_ID, AppInstanceId::new),
        read(given, TrustResourceNames.TOKEN_ID, TokenId::parse),
        ApplicationProof.of(given.octets(TrustResourceNames.PROOF).orElseThrow()),
        session.channelBinding());
  }

  private static <T> T read(Attributes given, String name, Function<String, T> reader) {
    try {
      return reader.apply(given.text(name).orElseThrow());
    } catch (IdentifierSyntaxException e) {
      throw Refusal.INVALID_ATTRIBUTE.of(name);
    }
  }

  /** The registrar of the instance is its node, which assigns its AE-ID-Stem. */
  private static AeId aeId(AssociationRequest request) {
    return request
        .name()
        .aeId()
        .orElseThrow(
            () ->
                Refusal.INVALID_ATTRIBUTE.of(
                    TrustResourceNames.APP_INSTANCE_ID + " (an AE-ID-Stem that begins with C)"));
  }

  /** App-Inst-IDs are told apart by App-ID in the registry, and AE-IDs on a node are not. */
  private void requireUntaken(S store, InstanceName name) {
    if (registry.isOfAnother(store, name)) {
      throw Refusal.APP_INSTANCE_ID_TAKEN.of(TrustResourceNames.APP_INSTANCE_ID);
    }
  }

  /** What the node has Km under: what opened the session, or what its association came from. */
  private Credential master(S store, SecurityPrincipal client) {
    Credential opened =
        opensHandshake(store, client.credential())
            .orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
    return client.role() == FunctionRole.MAF ? opened : behind(store, opened);
  }

  /**
   * A KmId that was assigned since has the same Km as the KeId by which the node came then.
   *
   * @param association with the IN-CSE; only one by Kc came from the MAF
   */
  private static <S extends TrustStore> Credential behind(S store, Credential association) {
    if (association.kind() != Credential.Kind.KC) {
      throw Refusal.MASTER_KEY_NEEDED.of("session");
    }
    return opensHandshake(store, association.parent())
        .or(() -> MasterKeys.assignedFor(store, association.parent()))
        .orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
  }

  private static <S extends TrustStore> Optional<Credential> opensHandshake(
      S store, KeyIdentifier id) {
    return store.credentials().find(id).filter(found -> found.opensHandshakeAt(store.now()));
  }

  private Credential keyOf(
      S store, Credential master, AeId ae, AssociationRequest request, Association granted) {
    SecretKeyBytes km = masterKeys.of(store, master);
    Instant end = end(master, granted);
    try {
      Optional<Credential> present =
          granted
              .kaId()
              .flatMap(store.credentials()::find)
              .filter(ka -> ka.opensHandshakeAt(store.now()) && !ka.expiresAt().isBefore(end))
              .filter(ka -> isDerived(store, ka, km, granted.instanceKey()));
      if (present.isPresent()) {
        return present.get();
      }
      requireToLive(store, request, granted, end);
      quota.take(store, request);
      return derive(store, master, km, ae, request, granted);
    } finally {
      km.destroy();
    }
  }

  /** Whether the node can derive it too: not, if it lost the Km that this one came from. */
  private static <S extends TrustStore> boolean isDerived(
      S store, Credential ka, SecretKeyBytes km, SecretKeyBytes instanceKey) {
    Optional<SecretKeyBytes> stored = store.credentials().key(ka.identity());
    SecretKeyBytes derived =
        KeyLadder.applicationKey(km, instanceKey, ka.identity().relativeKeyId().orElseThrow());
    try {
      return stored.filter(derived::equals).isPresent();
    } finally {
      derived.destroy();
      stored.ifPresent(SecretKeyBytes::destroy);
    }
  }

  /** In the last second of either secret there is no key left to give. */
  private static <S extends TrustStore> void requireToLive(
      S store, AssociationRequest request, Association granted, Instant end) {
    if (end.isAfter(store.now())) {
      return;
    }
    if (end.equals(Generations.justBefore(granted.tokenEnd()))) {
      throw new AssociationRefusedException(request, AssociationObstacle.EXPIRED);
    }
    throw Refusal.CREDENTIAL_ENDED.of("session");
  }

  private Credential derive(
      S store,
      Credential master,
      SecretKeyBytes km,
      AeId ae,
      AssociationRequest request,
      Association granted) {
    RelativeKeyId relative = RelativeKeyId.random();
    String line = ae + " " + provider.maf() + " application " + granted.name().application();
    generations.replacePending(store, ae, line);
    Credential ka =
        new Credential(
            relative.at(provider.maf()),
            Credential.Kind.KA,
            FunctionRole.MAF,
            ae,
            master.identity(),
            line,
            Credential.Status.PENDING,
            end(master, granted));
    SecretKeyBytes key = KeyLadder.applicationKey(km, granted.instanceKey(), relative);
    store.credentials().add(ka, key);
    key.destroy();
    registry.bind(store, granted.name(), ka.identity());
    record(store, request, ka);
    store
        .impliedRules()
        .associated(subscribed(ka, ae, granted), request.node().credential().toString());
    return ka;
  }

  /** What is added to the subscription of the node's CSE. */
  private static AssociatedInstance subscribed(Credential ka, AeId ae, Association granted) {
    return new AssociatedInstance(
        ka.identity(),
        ka.expiresAt(),
        granted.name().application(),
        ae,
        granted.token(),
        granted.services());
  }

  /** Strictly before the ends of both secrets that it comes from. */
  private static Instant end(Credential master, Association granted) {
    Instant first =
        granted.tokenEnd().isBefore(master.expiresAt()) ? granted.tokenEnd() : master.expiresAt();
    return Generations.justBefore(first);
  }

  private static <S extends TrustStore> void record(
      S store, AssociationRequest request, Credential ka) {
    store
        .audit()
        .record(
            request.node().credential().toString(),
            AuditAction.APP_KEY_DERIVED,
            ka.identity().toString(),
            Attributes.builder()
                .put("client", ka.client().value())
                .put("app", request.application().value())
                .put("until", ka.expiresAt())
                .build());
  }

  @Override
  public Attributes retrieve(S store, SecurityPrincipal client, RelativeKeyId id) {
    Instance own = own(store, client, id);
    return answer(key(store, id).orElseThrow(), client, own.name());
  }

  /**
   * The node gives the instance up: its keys are revoked, and its place is free. Below an earlier
   * key it is that one alone.
   */
  @Override
  public Attributes delete(S store, SecurityPrincipal client, RelativeKeyId id) {
    Instance own = own(store, client, id);
    Attributes answer = answer(key(store, id).orElseThrow(), client, own.name());
    KeyIdentifier kaId = id.at(provider.maf());
    String actor = client.credential().toString();
    if (own.kaId().filter(kaId::equals).isPresent()) {
      registry.giveUp(store, own.name(), actor);
    } else {
      generations.revoke(store, kaId, "given up", actor);
    }
    return answer;
  }

  private Instance own(S store, SecurityPrincipal client, RelativeKeyId id) {
    KeyIdentifier kaId = key(store, id).orElseThrow().identity();
    return registry
        .holderOf(store, kaId)
        .filter(instance -> instance.name().node().equals(client.client()))
        .orElseThrow(() -> Refusal.FOREIGN_REGISTRATION.of("appAssociation"));
  }

  private Optional<Credential> key(S store, RelativeKeyId id) {
    return store
        .credentials()
        .find(id.at(provider.maf()))
        .filter(found -> found.kind() == Credential.Kind.KA)
        .filter(ka -> ka.keepsSessionAt(store.now()));
  }

  private static Attributes answer(Credential ka, SecurityPrincipal client, InstanceName name) {
    return Attributes.builder()
        .put(TrustResourceNames.RESOURCE_ID, ka.identity().relative())
        .put(TrustResourceNames.CLIENT_ID, client.client().value())
        .put(TrustResourceNames.APP_ID, name.application().value())
        .put(TrustResourceNames.APP_INSTANCE_ID, name.instance().value())
        .put(TrustResourceNames.APP_KEY_ID, ka.identity().toString())
        .put(TrustResourceNames.AE_ID, ka.client().value())
        .put(TrustResourceNames.EXPIRATION_TIME, ka.expiresAt())
        .build();
  }
}
