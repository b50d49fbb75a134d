// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.key.SecretKeyBytes;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ClientConfiguration;
import org.mooring.common.resource.EnrolmentMethod;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.KeyRegistration;

/** What an operator does with enrolees (Bootstrap Credential Configuration, TS-0003 8.3.1.2). */
public final class Enrolees {
  private final ServiceProvider provider;
  private final Generations generations;
  private final EnroleeAddition addition;
  private final EnroleeCredentials credentials;
  private final EnroleeMethods methods;

  public Enrolees(ServiceProvider provider, Generations generations) {
    this(
        provider,
        generations,
        new NodeNames(),
        MethodPolicy.DEFAULT,
        Set.of(EnrolmentMethod.values()));
  }

  /**
   * @param nodeNames makes the names of nodes that were given none
   * @param policy by which methods nodes may enrol
   * @param served for which this server opens sessions at all
   */
  public Enrolees(
      ServiceProvider provider,
      Generations generations,
      NodeNames nodeNames,
      MethodPolicy policy,
      Set<EnrolmentMethod> served) {
    FactoryCredentials factory = new FactoryCredentials(provider, generations);
    EnroleeMethods methods = new EnroleeMethods(provider, generations, policy, served);
    this.provider = provider;
    this.generations = generations;
    this.addition = new EnroleeAddition(provider, factory, nodeNames, methods);
    this.credentials = new EnroleeCredentials(provider, factory, methods);
    this.methods = methods;
  }

  /** What is done with the credentials of one enrolee. */
  public EnroleeCredentials credentials() {
    return credentials;
  }

  /** By which methods one enrolee may enrol. */
  public EnroleeMethods methods() {
    return methods;
  }

  /**
   * An enrolee that was added, or has another credential.
   *
   * @param credential the one that came with it
   */
  public record Added(Enrolee enrolee, FactoryCredential credential, Key key) {}

  /** Where the key of an added credential came from. */
  public sealed interface Key {
    /** From the operator. */
    record Given() implements Key {}

    /** From here; the one occasion to learn it. The reader destroys it. */
    record Generated(SecretKeyBytes octets) implements Key {}
  }

  /**
   * All there is to know of an enrolee; never a key.
   *
   * @param fromFactory what it came with, the first of them first
   * @param sharing the AEs that share these with its own, SP-relative
   */
  public record View(
      Enrolee enrolee,
      List<FactoryCredential> fromFactory,
      List<AeId> sharing,
      List<ClientRegistration> clientRegistrations,
      List<KeyRegistration> keyRegistrations,
      List<Credential> credentials) {}

  /**
   * Adds an enrolee with the credential that it has from the factory.
   *
   * @throws InvalidEnroleeException if a field does not fit or an id is taken
   */
  public Added add(EnroleeStore store, NewEnrolee wanted, String actor) {
    return addition.add(store, wanted, actor);
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
              EntityId client = clientOf(enrolee);
              return new View(
                  enrolee,
                  store.enrolees().credentialsOf(enrolee),
                  store.enrolees().sharing(enrolee.entity()),
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
   * Retires an enrolee in good order: its credentials open no session any longer, and what was
   * derived lives to its own end, its live sessions with it. A revoked or retired one stays as it
   * is; a retired one may still be revoked.
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
    // Certificates that were issued since are no better than those from the factory.
    store.credentials().ofClient(clientOf(enrolee)).stream()
        .filter(held -> held.isRoot() || held.kind() == Credential.Kind.CERTIFICATE)
        .forEach(held -> generations.retire(store, held.identity(), reason, actor));
    return retired;
  }

  private Enrolee revoked(EnroleeStore store, Enrolee enrolee, String reason, String actor) {
    if (enrolee.isRevoked()) {
      return enrolee;
    }
    Enrolee revoked = enrolee.withStanding(new Enrolee.Standing.Revoked(store.now(), reason));
    store.enrolees().setStanding(enrolee.id(), revoked.standing());
    store
        .enrolees()
        .credentialsOf(enrolee)
        .forEach(credential -> FactoryCredentials.forgetSubscriber(store, credential));
    EntityId client = clientOf(enrolee);
    if (enrolee.entity() instanceof CseId cse) {
      store.publicNames().withdraw(cse);
    }
    record(store, enrolee, AuditAction.ENROLEE_REVOKED, reason, actor);
    generations.revoke(store, enrolee.id(), reason, actor);
    // What stands below a removed credential is out of the cascade's reach.
    for (Credential left : store.credentials().ofNode(client)) {
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
    store
        .impliedRules()
        .ended(enrolee.subscribed(provider, store.enrolees().sharing(enrolee.entity())), actor);
    return revoked;
  }

  private static void record(
      EnroleeStore store, Enrolee enrolee, AuditAction action, String reason, String actor) {
    Attributes detail = Attributes.builder().put("reason", reason).build();
    store.audit().record(actor, action, enrolee.id().toString(), detail);
  }

  private EntityId clientOf(Enrolee enrolee) {
    return enrolee.entity().absolute(provider.sp());
  }
}
