// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.trust;

import org.mooring.in.credential.CredentialStore;

/** What one transaction offers to the procedures of MEF and MAF. */
public interface TrustStore extends CredentialStore {
  ClientRegistrationRepository clientRegistrations();

  KeyRegistrationRepository keyRegistrations();
}
