// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import org.mooring.common.identifier.RelativeKeyId;
import org.mooring.common.primitive.Attributes;
import org.mooring.common.resource.ResourcePolicy;
import org.mooring.in.authz.SecurityPrincipal;

/**
 * A resource that one function alone has below its base, beside registrations of clients and keys.
 * It is named by the RelativeKeyID of its key, as a key registration is. Its attributes come
 * validated against its rows.
 *
 * @param <S> the transaction the function works in
 */
public interface BaseChild<S> {
  /** Its rows. */
  ResourcePolicy policy();

  /** Whether the name is one of this kind. */
  boolean has(S store, RelativeKeyId id);

  /**
   * The answer to a CREATE.
   *
   * @param session what the session of the request can export
   * @throws RuntimeException to refuse it
   */
  Attributes create(S store, SecurityPrincipal client, Attributes given, SessionExport session);

  /**
   * The answer to a RETRIEVE.
   *
   * @throws org.mooring.common.primitive.RefusedException to refuse it
   */
  Attributes retrieve(S store, SecurityPrincipal client, RelativeKeyId id);

  /**
   * The answer to a DELETE.
   *
   * @throws org.mooring.common.primitive.RefusedException to refuse it
   */
  Attributes delete(S store, SecurityPrincipal client, RelativeKeyId id);
}
