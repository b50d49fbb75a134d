// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.app;

import org.mooring.in.credential.CredentialStore;

/** What one transaction offers to the procedures on applications. */
public interface AppStore extends CredentialStore {
  ApplicationRepository applications();

  TokenRepository appTokens();

  InstanceRepository appInstances();

  SigningKeyRepository signingKeys();
}
