// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.Fqdn;
import org.mooring.in.provider.FunctionRole;

/** The client registrations of MEF and MAF, expired ones included, within one transaction. */
public interface ClientRegistrationRepository {
  Optional<ClientRegistration> find(FunctionRole function, String id);

  Optional<ClientRegistration> find(FunctionRole function, EntityId client, Fqdn adminFqdn);

  /**
   * Adds a registration.
   *
   * @throws RuntimeException if its id or its (function, client, adminFQDN) is taken
   */
  void add(ClientRegistration registration);

  /** Replaces end, labels and time of modification of the one with the same function and id. */
  void update(ClientRegistration registration);

  void remove(ClientRegistration registration);

  /** All of the client, at both functions, oldest first. */
  List<ClientRegistration> ofClient(EntityId client);

  /** Those at the function that ended by this time, at most {@code limit}. */
  List<ClientRegistration> endedBefore(FunctionRole function, Instant time, int limit);
}
