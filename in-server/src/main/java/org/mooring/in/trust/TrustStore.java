// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import java.util.Optional;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.identifier.SpId;
import org.mooring.common.subscription.CredentialId;
import org.mooring.in.credential.CredentialStore;
import org.mooring.in.provider.Registrars;

/** What one transaction offers to the procedures of MEF and MAF. */
public interface TrustStore extends CredentialStore, Registrars {
  ClientRegistrationRepository clientRegistrations();

  KeyRegistrationRepository keyRegistrations();

  /**
   * The Credential-ID of an association by a key that opens sessions with its target.
   *
   * @param key a registered one
   * @return empty for one that opens none
   */
  Optional<CredentialId> credentialIdOf(KeyIdentifier key, SpId sp);
}
