// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import java.util.List;
import java.util.Optional;
import org.mooring.common.identifier.AeId;
import org.mooring.common.identifier.AppId;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.SpId;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.dns.PublicNameStore;
import org.mooring.in.provider.Registrars;

/** What one transaction offers to the CSE's procedures. */
public interface CseStore extends PublicNameStore, Registrars {
  ResourceRepository resources();

  RegistrationPointRepository registrationPoints();

  /**
   * Whether a CSE, or an AE with an association of its own, was ever enrolled, so that it may
   * register or has.
   *
   * @param entity its SP-relative CSE-ID or AE-ID
   */
  boolean isEnrolled(EntityId entity);

  /**
   * Whether an AE shares the credentials of another one (TS-0001 clause 11.2.2): by an enrolment,
   * or as an instance on the same node by both tokens.
   *
   * @param holder the AE that they authenticate, absolute
   * @param ae absolute
   */
  boolean sharesCredentials(AeId holder, AeId ae);

  /**
   * The application of which an AE is or ever was an instance; empty for any other AE.
   *
   * @param ae absolute, with the CSE that assigned its stem
   */
  Optional<AppId> applicationOf(AeId ae);

  /**
   * What sessions of a client with this CSE have as Credential-ID at the moment, or would have; of
   * an AE that shares another's credentials what that one's have.
   *
   * @param client its absolute id
   */
  List<CredentialId> credentialsOf(EntityId client, SpId sp);
}
