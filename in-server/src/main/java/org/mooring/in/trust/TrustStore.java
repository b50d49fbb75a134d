// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import org.mooring.in.credential.CredentialStore;
import org.mooring.in.provider.Registrars;

/** What one transaction offers to the procedures of MEF and MAF. */
public interface TrustStore extends CredentialStore, Registrars {
  ClientRegistrationRepository clientRegistrations();

  KeyRegistrationRepository keyRegistrations();
}
