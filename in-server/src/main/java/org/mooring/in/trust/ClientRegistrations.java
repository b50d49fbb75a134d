// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import static org.mooring.in.trust.RegistrationRules.adminFqdn;
import static org.mooring.in.trust.RegistrationRules.credentialOf;
import static org.mooring.in.trust.RegistrationRules.grantedEnd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.Fqdn;
import org.mooring.common.identifier.TimedId;
import org.mooring.common.primitive.AttributeValue;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.common.resource.TrustResourceNames;
import org.mooring.in.audit.AuditAction;
import org.mooring.in.authz.SecurityPrincipal;
import org.mooring.in.provider.ServiceProvider;

/**
 * The client registration procedures of one function (TS-0003 clauses 8.3.5.2.3 to 8.3.5.2.6 and
 * 8.8.2.3 to 8.8.2.6). Attributes come validated against the table and answers are attributes.
 *
 * @param <S> the transaction the function works in
 */
public final class ClientRegistrations<S extends TrustStore> {
  private final TrustFunction<S> function;
  private final ServiceProvider provider;

  public ClientRegistrations(TrustFunction<S> function, ServiceProvider provider) {
    this.function = function;
    this.provider = provider;
  }

  /**
   * Client Registration. A client that has a live registration gets the same one, with the new end
   * and labels.
   *
   * @throws RefusedException STAKEHOLDER_NOT_ALLOWED, EXPIRATION_IN_THE_PAST, CREDENTIAL_ENDED
   */
  public Attributes create(S store, SecurityPrincipal client, Attributes given) {
    Fqdn admin = adminFqdn(given, provider);
    Instant end = granted(store, client, given);
    List<String> labels = given.texts(TrustResourceNames.LABELS);
    function.beforeRegistration(store, credentialOf(store, client), labels);
    Optional<ClientRegistration> earlier =
        store.clientRegistrations().find(function.role(), client.client(), admin);
    if (earlier.filter(r -> r.isLiveAt(store.now())).isPresent()) {
      ClientRegistration renewed = earlier.get().changed(end, labels, store.now());
      store.clientRegistrations().update(renewed);
      record(store, client, AuditAction.CLIENT_REGISTRATION_UPDATED, renewed);
      return answer(renewed)
          .putAll(function.onRegistered(store, client))
          .putAll(references(store, renewed))
          .build();
    }
    earlier.ifPresent(store.clientRegistrations()::remove);
    ClientRegistration registration = added(store, client, admin, labels, end);
    return answer(registration).putAll(function.onRegistered(store, client)).build();
  }

  /**
   * Client Configuration Retrieval.
   *
   * @throws RefusedException NO_SUCH_RESOURCE, FOREIGN_REGISTRATION
   */
  public Attributes retrieve(S store, SecurityPrincipal client, String id) {
    ClientRegistration own = own(store, client, id);
    return answer(own)
        .putAll(function.onRetrieved(store, client))
        .putAll(references(store, own))
        .build();
  }

  /**
   * Client Registration Update; the answer has what the request had (TS-0003 clause 8.8.2.5).
   *
   * @throws RefusedException NO_SUCH_RESOURCE, FOREIGN_REGISTRATION, EXPIRATION_IN_THE_PAST,
   *     CREDENTIAL_ENDED
   */
  public Attributes update(S store, SecurityPrincipal client, String id, Attributes given) {
    ClientRegistration own = own(store, client, id);
    boolean hasEnd = given.has(TrustResourceNames.EXPIRATION_TIME);
    boolean hasLabels = given.has(TrustResourceNames.LABELS);
    ClientRegistration changed =
        own.changed(
            hasEnd ? granted(store, client, given) : own.expiresAt(),
            hasLabels ? given.texts(TrustResourceNames.LABELS) : own.labels(),
            store.now());
    store.clientRegistrations().update(changed);
    record(store, client, AuditAction.CLIENT_REGISTRATION_UPDATED, changed);
    Attributes.Builder answer = Attributes.builder();
    if (hasEnd) {
      answer.put(TrustResourceNames.EXPIRATION_TIME, changed.expiresAt());
    }
    if (!changed.labels().isEmpty() && hasLabels) {
      answer.put(TrustResourceNames.LABELS, changed.labels());
    }
    return answer
        .putAll(function.onUpdated(store, client))
        .putAll(references(store, changed))
        .build();
  }

  /**
   * Client De-Registration. Keys that were registered live to their own end and refuse changes.
   *
   * @return what was removed
   * @throws RefusedException NO_SUCH_RESOURCE, FOREIGN_REGISTRATION
   */
  public Attributes delete(S store, SecurityPrincipal client, String id) {
    ClientRegistration own = own(store, client, id);
    store.clientRegistrations().remove(own);
    record(store, client, AuditAction.CLIENT_DEREGISTERED, own);
    return answer(own).build();
  }

  /**
   * Removes registrations whose end has come.
   *
   * @param limit the most to remove at once
   * @return how many were removed
   */
  public int expire(S store, int limit) {
    List<ClientRegistration> ended =
        store.clientRegistrations().endedBefore(function.role(), store.now(), limit);
    ended.forEach(store.clientRegistrations()::remove);
    return ended.size();
  }

  private ClientRegistration added(
      S store, SecurityPrincipal client, Fqdn admin, List<String> labels, Instant end) {
    ClientRegistration registration =
        new ClientRegistration(
            function.role(),
            TimedId.at(store.now()),
            client.client(),
            admin,
            labels,
            end,
            store.now(),
            store.now());
    store.clientRegistrations().add(registration);
    record(store, client, AuditAction.CLIENT_REGISTERED, registration);
    return registration;
  }

  private Instant granted(S store, SecurityPrincipal client, Attributes given) {
    Instant limit = function.registrationLimit(store, credentialOf(store, client));
    return grantedEnd(given, limit, store.now());
  }

  /**
   * A client's own registration.
   *
   * @throws RefusedException NO_SUCH_RESOURCE, FOREIGN_REGISTRATION
   */
  ClientRegistration own(S store, SecurityPrincipal client, String id) {
    ClientRegistration registration =
        store
            .clientRegistrations()
            .find(function.role(), id)
            .filter(r -> r.isLiveAt(store.now()))
            .orElseThrow(() -> Refusal.NO_SUCH_RESOURCE.of(subject()));
    if (!registration.client().equals(client.client())) {
      throw Refusal.FOREIGN_REGISTRATION.of(subject());
    }
    return registration;
  }

  private Attributes.Builder answer(ClientRegistration registration) {
    Attributes.Builder answer =
        Attributes.builder()
            .put(TrustResourceNames.RESOURCE_ID, registration.id())
            .put(TrustResourceNames.EXPIRATION_TIME, registration.expiresAt())
            .put(TrustResourceNames.CREATION_TIME, registration.createdAt())
            .put(TrustResourceNames.LAST_MODIFIED_TIME, registration.modifiedAt())
            .put(TrustResourceNames.CLIENT_ID, registration.client().value())
            .put(TrustResourceNames.ADMIN_FQDN, registration.adminFqdn().value());
    if (!registration.labels().isEmpty()) {
      answer.put(TrustResourceNames.LABELS, registration.labels());
    }
    return answer;
  }

  /** childResource, where something waits below; nothing does below a new registration. */
  private Attributes references(S store, ClientRegistration registration) {
    return function
        .registrationChild()
        .filter(child -> child.isReferenced(store, registration))
        .map(
            child ->
                Attributes.builder()
                    .put(TrustResourceNames.CHILD_RESOURCE, reference(child, registration)))
        .map(Attributes.Builder::build)
        .orElse(Attributes.NONE);
  }

  private AttributeValue reference(RegistrationChild<S> child, ClientRegistration registration) {
    String address =
        TrustResourceNames.below(function.fqdn(), registration.id()) + "/" + child.segment();
    Attributes reference =
        Attributes.builder()
            .put("nm", child.segment())
            .put("typ", child.policy().type().code())
            .put("val", address)
            .build();
    return new AttributeValue.Items(List.of(new AttributeValue.Members(reference)));
  }

  private void record(
      S store, SecurityPrincipal client, AuditAction action, ClientRegistration registration) {
    Attributes detail =
        Attributes.builder()
            .put("function", registration.function().text())
            .put("client", registration.client().value())
            .put("until", registration.expiresAt())
            .build();
    store.audit().record(client.credential().toString(), action, registration.id(), detail);
  }

  private String subject() {
    return function.clientRegistration().type().name();
  }
}
