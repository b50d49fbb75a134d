// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.credential.Credential;
import org.mooring.in.credential.Generations;
import org.mooring.in.provider.ServiceProvider;
import org.mooring.in.subscription.EnrolledEntity;
import org.mooring.in.trust.ClientRegistration;
import org.mooring.in.trust.KeyRegistration;

/**
 * The end of an enrolee's M2M service subscription: no registration and no key of it lives longer
 * (the Enrolment Expiry is an agreement within it, TS-0003 clauses 8.3.2.1 and 10.7), and after it
 * no factory credential opens a session. The enrolee, those credentials and the identities of its
 * keys stay: once the subscription is extended the node enrols again by itself. What the enrolment
 * implied in the service subscription goes, and comes back.
 */
public final class Subscriptions {
  private final ServiceProvider provider;
  private final Generations generations;

  public Subscriptions(ServiceProvider provider, Generations generations) {
    this.provider = provider;
    this.generations = generations;
  }

  /**
   * Gives a subscription another end, later or earlier. An earlier one shortens at once whatever
   * would have lived longer; a later one lengthens nothing that is there, but what is registered
   * from then on.
   *
   * @param until in the future, {@code M2mTimestamp.NEVER} for no end; whole seconds count
   * @return the enrolee as it stands now, empty for an unknown one
   * @throws InvalidEnroleeException if the end has come or the enrolee is revoked or retired
   */
  public Optional<Enrolee> extend(
      EnroleeStore store, KeyIdentifier id, Instant until, String actor) {
    return store
        .enrolees()
        .find(provider.canonical(id))
        .map(enrolee -> extended(store, enrolee, until.truncatedTo(ChronoUnit.SECONDS), actor));
  }

  private Enrolee extended(EnroleeStore store, Enrolee enrolee, Instant until, String actor) {
    if (!until.isAfter(store.now())) {
      throw new InvalidEnroleeException(
          "until: give a time in the future, or end the subscription now");
    }
    if (enrolee.isRevoked() || enrolee.isRetired()) {
      throw new InvalidEnroleeException(
          "id: " + enrolee.id() + " enrols no more, add the node with another credential");
    }
    Attributes detail =
        Attributes.builder().put("until", until).put("before", enrolee.subscribedUntil()).build();
    store.audit().record(actor, AuditAction.SUBSCRIPTION_CHANGED, enrolee.id().toString(), detail);
    Enrolee extended = ending(store, enrolee, until);
    store.impliedRules().enrolled(subscribed(store, extended), actor);
    return extended;
  }

  /**
   * Ends a subscription now: the node's sessions are closed once that is on disk, and what it
   * registered waits only to be cleared away. No revocation: it may be extended. Again for one that
   * has ended, nothing changes.
   *
   * @return the enrolee as it stands now, empty for an unknown one
   * @throws InvalidEnroleeException if the enrolee is revoked
   */
  public Optional<Enrolee> end(EnroleeStore store, KeyIdentifier id, String actor) {
    return store
        .enrolees()
        .find(provider.canonical(id))
        .map(enrolee -> ended(store, enrolee, actor));
  }

  private Enrolee ended(EnroleeStore store, Enrolee enrolee, String actor) {
    if (enrolee.isRevoked()) {
      throw new InvalidEnroleeException("id: " + enrolee.id() + " is revoked, nothing is left");
    }
    if (enrolee.isEndedAt(store.now())) {
      return enrolee;
    }
    Enrolee ended = ending(store, enrolee, store.now().truncatedTo(ChronoUnit.MILLIS));
    recordEnd(store, ended, actor);
    return ended;
  }

  private Enrolee ending(EnroleeStore store, Enrolee enrolee, Instant until) {
    Enrolee changed = enrolee.withSubscriptionUntil(until);
    EntityId client = enrolee.entity().absolute(provider.sp());
    store.enrolees().setSubscriptionEnd(enrolee.id(), until);
    generations.endDerivedBy(store, client, until);
    for (FactoryCredential credential : store.enrolees().credentialsOf(enrolee)) {
      Instant opensUntil = credential.opensUntil(until);
      generations.setOwnExpiry(store, credential.id(), opensUntil);
      shownElsewhere(store, credential)
          .forEach(shown -> generations.setOwnExpiry(store, shown, opensUntil));
    }
    // Those that open no sessions: the others have just been shortened.
    for (KeyRegistration key : store.keyRegistrations().ofClient(client)) {
      if (key.expiresAt().isAfter(until)) {
        store.keyRegistrations().update(key.ending(until));
      }
    }
    for (ClientRegistration registration : store.clientRegistrations().ofClient(client)) {
      if (registration.expiresAt().isAfter(until)) {
        store.clientRegistrations().update(registration.ending(until));
      }
    }
    return changed;
  }

  /** What a node without a key in common shows to the MAF and the CSE, as it does to the MEF. */
  private static List<KeyIdentifier> shownElsewhere(
      EnroleeStore store, FactoryCredential credential) {
    return store.credentials().derivedFrom(credential.id()).stream()
        .filter(derived -> derived.kind() == credential.factoryKey().kind())
        .map(Credential::identity)
        .toList();
  }

  /**
   * Records the ends that have come. What the subscriptions led to ends by itself, no later.
   *
   * @param limit the most to record at once
   * @return how many were recorded
   */
  public int recordEnds(EnroleeStore store, int limit) {
    List<Enrolee> ended = store.enrolees().endedBefore(store.now(), limit);
    ended.forEach(enrolee -> recordEnd(store, enrolee, "server"));
    return ended.size();
  }

  private void recordEnd(EnroleeStore store, Enrolee ended, String actor) {
    store.enrolees().noteEndRecorded(ended.id());
    store.impliedRules().ended(subscribed(store, ended), actor);
    store.audit().record(actor, AuditAction.SUBSCRIPTION_ENDED, ended.id().toString());
  }

  private EnrolledEntity subscribed(EnroleeStore store, Enrolee enrolee) {
    return enrolee.subscribed(provider, store.enrolees().sharing(enrolee.entity()));
  }
}
