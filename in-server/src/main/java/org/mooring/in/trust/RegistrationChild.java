// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.in.authz.SecurityPrincipal;

/**
 * A resource that one function alone has below each of its client registrations. Its attributes
 * come validated against its rows, and its registration is the requester's own and lives.
 *
 * @param <S> the transaction the function works in
 */
public interface RegistrationChild<S> {
  /** Its name below the registration. */
  String segment();

  /** Its rows. */
  ResourcePolicy policy();

  /** Whether the answers about a registration refer to it, so that the client comes for it. */
  boolean isReferenced(S store, ClientRegistration registration);

  /** The answer to a RETRIEVE. */
  Attributes retrieve(S store, SecurityPrincipal client, ClientRegistration registration);

  /**
   * The answer to an UPDATE.
   *
   * @throws org.mooring.common.primitive.RefusedException to refuse it
   */
  Attributes update(
      S store, SecurityPrincipal client, ClientRegistration registration, Attributes given);
}
