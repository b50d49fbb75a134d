// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.Set;

/** An object that an MO_NODE command may point at (TS-0022 clause 7.1). */
public sealed interface ManagedObject {
  /** Kinds of objects that stand above or below an [authenticationProfile]. */
  enum Kind {
    REGISTRATION,
    DATA_COLLECTION,
    MAF_CLIENT_REG_CFG,
    MEF_CLIENT_REG_CFG,
    TRUST_ANCHOR_CRED
  }

  /**
   * [authenticationProfile].
   *
   * @param suid the security usage, two digits
   * @param parent the object it stands below
   * @param children the kinds of objects below it
   * @param symmKeyId symmKeyID, empty where absent
   * @param hasKeyRegDuration whether keyRegDuration is present
   * @param cipherSuites TLSCiphersuites by their IANA names, none where absent
   * @param certificate myCertFingerprint, empty where absent
   */
  record AuthenticationProfile(
      int suid,
      Kind parent,
      Set<Kind> children,
      String symmKeyId,
      boolean hasKeyRegDuration,
      Set<String> cipherSuites,
      String certificate)
      implements ManagedObject {
    public AuthenticationProfile {
      children = Set.copyOf(children);
      cipherSuites = Set.copyOf(cipherSuites);
    }
  }

  /**
   * [trustAnchorCred].
   *
   * @param fingerprint certFingerprint: SHA-256 of the certificate's DER in lower case hex
   */
  record TrustAnchorCred(String fingerprint) implements ManagedObject {}

  /** [MAFClientRegCfg]: the registration with the node's MAF. */
  record MafClientRegCfg() implements ManagedObject {}

  /** An object of a kind that no MO_NODE command processes. */
  record Other(Kind kind) implements ManagedObject {}
}
