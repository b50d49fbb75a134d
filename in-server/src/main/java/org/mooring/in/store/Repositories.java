// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.app.AppStore;
import org.mooring.in.app.ApplicationRepository;
import org.mooring.in.app.InstanceRepository;
import org.mooring.in.app.IssuedToken;
import org.mooring.in.app.SigningKeyRepository;
import org.mooring.in.app.TokenRepository;
import org.mooring.in.audit.AuditLog;
import org.mooring.in.audit.AuditTrail;
import org.mooring.in.bsf.BsfStore;
import org.mooring.in.bsf.ChallengeRepository;
import org.mooring.in.command.CommandRepository;
import org.mooring.in.credential.CredentialRepository;
import org.mooring.in.cse.CseStore;
import org.mooring.in.cse.ImpliedResources;
import org.mooring.in.cse.RegistrationPointRepository;
import org.mooring.in.cse.Resource;
import org.mooring.in.cse.ResourceRepository;
import org.mooring.in.dns.PublicNameRepository;
import org.mooring.in.gateway.GatewayStore;
import org.mooring.in.group.GroupRepository;
import org.mooring.in.group.GroupStore;
import org.mooring.in.hss.SubscriberRepository;
import org.mooring.in.mef.Enrolee;
import org.mooring.in.mef.EnroleeRepository;
import org.mooring.in.mef.Registrar;
import org.mooring.in.subscription.ImpliedRules;
import org.mooring.in.transaction.RepeatedRequests;
import org.mooring.in.trust.ClientRegistrationRepository;
import org.mooring.in.trust.KeyRegistrationRepository;

/**
 * One transaction with every repository bound to it. Each function's transaction interface is
 * implemented here, and nowhere else.
 */
public final class Repositories implements GroupStore, BsfStore, CseStore, AppStore, GatewayStore {
  private final OpenTransaction transaction;
  private final Sql sql;
  private final ClientRecords records;
  private final Dialect dialect;
  private final SecretSealer sealer;
  private final Instant now;
  private final boolean writable;
  private final List<Runnable> hooks = new ArrayList<>();

  /**
   * @param known takes the records of clients that are read and changed
   */
  Repositories(
      OpenTransaction transaction,
      RecordLayer known,
      Dialect dialect,
      SecretSealer sealer,
      boolean writable) {
    this.transaction = transaction;
    this.sql = transaction.sql();
    this.records = new ClientRecords(sql, known);
    this.dialect = dialect;
    this.sealer = sealer;
    this.now = transaction.now();
    this.writable = writable;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void afterCommit(Runnable hook) {
    if (!writable) {
      throw new IllegalStateException("a transaction that only reads has nothing to commit");
    }
    hooks.add(hook);
  }

  @Override
  public AuditTrail audit() {
    return new SqlAuditLog(transaction, dialect, writable);
  }

  @Override
  public AuditLog auditLog() {
    return new SqlAuditLog(transaction, dialect, writable);
  }

  @Override
  public RepeatedRequests repeatedRequests() {
    return new SqlRepeatedRequests(sql, sealer, now);
  }

  @Override
  public ResourceRepository resources() {
    return new SqlResourceRepository(transaction);
  }

  @Override
  public RegistrationPointRepository registrationPoints() {
    return new SqlRegistrationPointRepository(sql);
  }

  @Override
  public ImpliedRules impliedRules() {
    return new ImpliedResources(this);
  }

  @Override
  public CredentialRepository credentials() {
    return new SqlCredentialRepository(sql, records, sealer, now);
  }

  @Override
  public ClientRegistrationRepository clientRegistrations() {
    return new SqlClientRegistrationRepository(sql, records);
  }

  @Override
  public KeyRegistrationRepository keyRegistrations() {
    return new SqlKeyRegistrationRepository(sql, records, sealer);
  }

  @Override
  public EnroleeRepository enrolees() {
    return new SqlEnroleeRepository(sql, records);
  }

  @Override
  public boolean isEnrolled(EntityId entity) {
    return enrolees().findByEntity(entity).isPresent()
        || (entity instanceof AeId ae && enrolees().sharedBy(ae).isPresent());
  }

  @Override
  public boolean sharesCredentials(AeId holder, AeId ae) {
    return holder.isAssignedByCse()
        ? isOfOneNode(holder, ae)
            && tokenOf(holder).flatMap(mine -> tokenOf(ae).filter(mine::sharesWith)).isPresent()
        : enrolees().sharedBy(ae.spRelative()).filter(holder.spRelative()::equals).isPresent();
  }

  private static boolean isOfOneNode(AeId one, AeId other) {
    return other.isAssignedByCse() && one.registrar().equals(other.registrar());
  }

  /** Whom the credentials name by which an AE is known: another, where it shares that one's. */
  private EntityId holderOf(EntityId client) {
    return client instanceof AeId ae ? enrolees().sharedBy(ae.spRelative()).orElse(client) : client;
  }

  /** The token that let a living instance in. */
  private Optional<IssuedToken> tokenOf(AeId application) {
    return appInstances()
        .living(application)
        .flatMap(instance -> appTokens().find(instance.token()));
  }

  @Override
  public Optional<AppId> applicationOf(AeId ae) {
    return appInstances().applicationOf(ae);
  }

  @Override
  public List<CredentialId> credentialsOf(EntityId client, SpId sp) {
    return CredentialIds.ofClient(this, sp, holderOf(client).absolute(sp));
  }

  @Override
  public Optional<CredentialId> credentialIdOf(KeyIdentifier key, SpId sp) {
    return CredentialIds.ofAssociation(this, sp, key);
  }

  @Override
  public Optional<String> addressNamedAs(CseId cse) {
    return resources()
        .base()
        .flatMap(base -> resources().byPath(base.path() + "/" + cse.stem()))
        .map(Resource::path);
  }

  @Override
  public Optional<CseId> registrarOf(EntityId client) {
    return enrolees()
        .ofClient(enrolled(client))
        .filter(enrolee -> !enrolee.isRevoked() && !enrolee.isEndedAt(now))
        .flatMap(Enrolee::registrar)
        .map(Registrar::cse);
  }

  /** An instance of an application registers where its node does. */
  private static EntityId enrolled(EntityId client) {
    return client instanceof AeId application && application.isAssignedByCse()
        ? application.registrar()
        : client;
  }

  @Override
  public boolean isGranted(EntityId client, EntityId target) {
    return client instanceof AeId application
        && application.isAssignedByCse()
        && tokenOf(application).filter(token -> token.grants(target)).isPresent();
  }

  @Override
  public CommandRepository commands() {
    return new SqlCommandRepository(sql);
  }

  @Override
  public GroupRepository groups() {
    return new SqlGroupRepository(sql, sealer);
  }

  @Override
  public SubscriberRepository subscribers() {
    return new SqlSubscriberRepository(sql, sealer);
  }

  @Override
  public ChallengeRepository challenges() {
    return new SqlChallengeRepository(sql, sealer, now);
  }

  @Override
  public ApplicationRepository applications() {
    return new SqlApplicationRepository(sql);
  }

  @Override
  public TokenRepository appTokens() {
    return new SqlTokenRepository(sql, sealer);
  }

  @Override
  public InstanceRepository appInstances() {
    return new SqlInstanceRepository(sql, now);
  }

  @Override
  public SigningKeyRepository signingKeys() {
    return new SqlSigningKeyRepository(sql, sealer);
  }

  @Override
  public PublicNameRepository publicNames() {
    return new SqlPublicNameRepository(sql, now);
  }

  Sql sql() {
    return sql;
  }

  /** What is to be done after the commit, in order. */
  List<Runnable> hooks() {
    return List.copyOf(hooks);
  }
}
