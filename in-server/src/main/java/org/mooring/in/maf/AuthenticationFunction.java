// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.maf;

import java.time.Instant;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.key.KeyLadder.ExporterLabel;
import org.mooring.common.key.KeyUsage;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.common.resource.TrustResources;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.trust.BaseChild;
import org.mooring.in.trust.KeyRetrieval;
import org.mooring.in.trust.TrustFunction;
import org.mooring.in.trust.TrustStore;

/**
 * The MAF (TS-0003 clause 8.8): its keys are Kc, and a client that came with an enrolment key gets
 * a master credential of its own (clause 8.8.2.3, assignedSymmKeyID).
 */
public final class AuthenticationFunction<S extends TrustStore> implements TrustFunction<S> {
  private final ServiceProvider provider;
  private final Generations generations;
  private final KeyRetrieval mef;
  private final Optional<BaseChild<S>> applications;

  /**
   * @param mef asked for Km, which the MEF derives from Ke
   * @param applications associates those that run on nodes, where the registry's role is served
   */
  public AuthenticationFunction(
      ServiceProvider provider,
      Generations generations,
      KeyRetrieval mef,
      Optional<? extends BaseChild<S>> applications) {
    this.provider = provider;
    this.generations = generations;
    this.mef = mef;
    this.applications = applications.map(child -> child);
  }

  @Override
  public FunctionRole role() {
    return FunctionRole.MAF;
  }

  @Override
  public Fqdn fqdn() {
    return provider.maf();
  }

  @Override
  public ResourcePolicy base() {
    return TrustResources.MAF_BASE;
  }

  @Override
  public ResourcePolicy clientRegistration() {
    return TrustResources.MAF_CLIENT_REG;
  }

  @Override
  public ExporterLabel exporterLabel() {
    return ExporterLabel.CONNECTION;
  }

  @Override
  public Optional<PskUse> pskUse(KeyUsage usage) {
    return usage == KeyUsage.DISTRIBUTED_FOR_ASSOCIATION
        ? Optional.of(new PskUse(Credential.Kind.KC, FunctionRole.CSE))
        : Optional.empty();
  }

  @Override
  public Optional<BaseChild<S>> baseChild() {
    return applications;
  }

  @Override
  public Instant registrationLimit(S store, Credential session) {
    return earlier(store.now().plus(provider.lifetimes().master()), session.expiresAt());
  }

  /** An association ends strictly before the credential it came from (TS-0001 clause 11.3.2). */
  @Override
  public Instant keyLimit(S store, Credential session, Instant registeredAt) {
    return earlier(
        registeredAt.plus(provider.lifetimes().association()),
        Generations.justBefore(session.expiresAt()));
  }

  @Override
  public void beforeNewKey(S store, SecurityPrincipal client, String group) {}

  @Override
  public Attributes onRegistered(S store, SecurityPrincipal client) {
    return assigned(assigned(store, client).or(() -> assign(store, client)));
  }

  @Override
  public Attributes onRetrieved(S store, SecurityPrincipal client) {
    return assigned(assigned(store, client));
  }

  /** An update tells of a KmId only if it brought a new one (TS-0003 clause 8.8.2.5). */
  @Override
  public Attributes onUpdated(S store, SecurityPrincipal client) {
    return assigned(store, client).isPresent() ? Attributes.NONE : assigned(assign(store, client));
  }

  private static Attributes assigned(Optional<KeyIdentifier> kmId) {
    return kmId.map(
            id ->
                Attributes.builder().put(TrustResourceNames.ASSIGNED_KEY_ID, id.toString()).build())
        .orElse(Attributes.NONE);
  }

  /**
   * The KmId that this session's credential is, or was exchanged for and that still opens one. A
   * B-TID is KmId from the start (TS-0003 clause 8.3.2.3), so that none is assigned.
   */
  private Optional<KeyIdentifier> assigned(S store, SecurityPrincipal client) {
    Credential session = sessionCredential(store, client);
    if (session.kind() == Credential.Kind.KM) {
      return Optional.of(session.identity());
    }
    return MasterKeys.assignedFor(store, session.identity()).map(Credential::identity);
  }

  /**
   * Exchanges the enrolment key of this session for a KmId with the same key and end: both stand in
   * one line of generations, so that the KeId goes when the KmId is first used.
   */
  private Optional<KeyIdentifier> assign(S store, SecurityPrincipal client) {
    Credential session = sessionCredential(store, client);
    if (session.kind() != Credential.Kind.KE || !session.opensHandshakeAt(store.now())) {
      return Optional.empty();
    }
    RelativeKeyId keId = session.identity().relativeKeyId().orElseThrow();
    KeyRetrieval.RetrievedKey km =
        mef.retrieve(store, keId, new KeyRetrieval.Reader(FunctionRole.MAF, provider.maf()));
    removePendingMasters(store, session);
    KeyIdentifier kmId = RelativeKeyId.random().at(provider.maf());
    store
        .credentials()
        .add(
            new Credential(
                kmId,
                Credential.Kind.KM,
                FunctionRole.MAF,
                session.client(),
                session.identity(),
                session.group(),
                Credential.Status.PENDING,
                session.expiresAt()),
            km.key());
    km.key().destroy();
    return Optional.of(kmId);
  }

  /** Those of earlier enrolments; the KeId of this session may be pending too and stays. */
  private void removePendingMasters(S store, Credential session) {
    for (Credential older : store.credentials().liveOfGroup(session.client(), session.group())) {
      if (older.kind() == Credential.Kind.KM && older.status() == Credential.Status.PENDING) {
        generations.remove(store, older.identity());
      }
    }
  }

  private static <S extends TrustStore> Credential sessionCredential(
      S store, SecurityPrincipal client) {
    return store
        .credentials()
        .find(client.credential())
        .orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
