// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.door;

import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.common.primitive.Refusal;
import org.mooring.common.primitive.RefusedException;
import org.mooring.in.credential.Credential;
import org.mooring.in.mef.FactoryCredential;
import org.mooring.in.store.Repositories;
import org.mooring.in.subscription.CredentialId;

/**
 * The Credential-ID of a session with the CSE (TS-0003 clauses 8.2.1 and 12.3.2.1): an association
 * key of the MAF counts as the key that its client has with the MAF.
 */
final class SessionCredential {
  private SessionCredential() {}

  /**
   * @param identity the credential that opened the session
   * @throws RefusedException CREDENTIAL_ENDED if it is gone: the session counts as none then, not
   *     as one without a credential
   */
  static CredentialId idOf(Repositories tx, KeyIdentifier identity) {
    return tx.credentials()
        .find(identity)
        .map(credential -> idOf(tx, credential))
        .orElseThrow(() -> Refusal.CREDENTIAL_ENDED.of("session"));
  }

  private static CredentialId idOf(Repositories tx, Credential credential) {
    return switch (credential.kind()) {
      case KC -> CredentialId.towardMaf(credential.parent());
      case CERTIFICATE -> ofCertificate(tx, credential);
      default -> CredentialId.ofAssociation(credential.identity());
    };
  }

  /**
   * The identity of a certificate or public key begins with its type already; what follows is a
   * digest, in whose place the name is where the operator told it.
   */
  private static CredentialId ofCertificate(Repositories tx, Credential credential) {
    String digested = credential.identity().relative();
    return new CredentialId(
        tx.enrolees()
            .factoryCredential(credential.identity())
            .map(FactoryCredential::fingerprint)
            .map(name -> digested.substring(0, digested.indexOf('-') + 1) + name)
            .orElse(digested));
  }
}
