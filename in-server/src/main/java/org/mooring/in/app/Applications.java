// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AppId;
import org.mooring.common.primitive.Attributes;
import org.mooring.in.audit.AuditAction;

/** What an operator does with applications. */
public final class Applications {
  /**
   * Registers an application, whose instances need tokens from now on.
   *
   * @throws InvalidApplicationException if the App-ID was registered before
   */
  public Application register(AppStore store, AppId id, String actor) {
    if (store.applications().find(id).isPresent()) {
      throw new InvalidApplicationException(
          "appId: " + id + " was registered before, 'app show' tells of it");
    }
    Application application = new Application(id, new Standing.Active(), store.now());
    store.applications().add(application);
    store.audit().record(actor, AuditAction.APPLICATION_REGISTERED, id.value());
    return application;
  }

  public Optional<Application> find(AppStore store, AppId id) {
    return store.applications().find(id);
  }

  /** A page of them in the order of their App-IDs, after one, or from the beginning. */
  public List<Application> list(AppStore store, String after, int limit) {
    return store.applications().page(after, limit);
  }

  /**
   * Lets no instance of the application in any more; {@link Instances#endOf} ends those that live.
   * Again for a revoked one, nothing changes.
   *
   * @return the application as it stands now, empty for an unknown one
   */
  public Optional<Application> revoke(AppStore store, AppId id, String reason, String actor) {
    Optional<Application> application = store.applications().find(id);
    if (application.filter(found -> !found.standing().isRevoked()).isPresent()) {
      store.applications().revoke(id, new Standing.Revoked(store.now(), reason));
      store
          .audit()
          .record(
              actor,
              AuditAction.APPLICATION_REVOKED,
              id.value(),
              Attributes.builder().put("reason", reason).build());
    }
    return store.applications().find(id);
  }
}
