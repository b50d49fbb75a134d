// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import static org.mooring.asn.command.ManagedObject.Kind.DATA_COLLECTION;
import static org.mooring.asn.command.ManagedObject.Kind.MAF_CLIENT_REG_CFG;
import static org.mooring.asn.command.ManagedObject.Kind.MEF_CLIENT_REG_CFG;
import static org.mooring.asn.command.ManagedObject.Kind.REGISTRATION;
import static org.mooring.asn.command.ManagedObject.Kind.TRUST_ANCHOR_CRED;

import org.mooring.asn.command.ManagedObject.AuthenticationProfile;

/**
 * Whether an [authenticationProfile] fits its own SUID, its parent and its children (TS-0003 clause
 * 8.3.9.9.2, step 4). Of a SUID, the first digit is where the key comes from, the second what it is
 * for.
 */
final class ProfileConsistency {
  /** Of clause 10.2.2, for DTLS. */
  static final String MANDATORY_PSK_SUITE = "TLS_PSK_WITH_AES_128_CCM_8";

  /** Of clause 10.2.3, for DTLS. */
  static final String MANDATORY_CERTIFICATE_SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8";

  static final int PRE_PROVISIONED = 1;
  static final int BY_MEF = 2;
  static final int BY_MAF = 3;
  static final int CERTIFICATE = 4;

  private static final int FOR_MAF = 1;
  private static final int FOR_ASSOCIATION = 2;
  private static final int FOR_ESPRIM = 3;

  private ProfileConsistency() {}

  /** The digit that says where the key comes from. */
  static int originOf(AuthenticationProfile profile) {
    return profile.suid() / 10;
  }

  static boolean holds(AuthenticationProfile profile) {
    return fitsParent(profile) && fitsOrigin(profile) && fitsSuites(profile);
  }

  private static boolean fitsParent(AuthenticationProfile profile) {
    return switch (profile.suid() % 10) {
      case FOR_MAF -> profile.parent() == MAF_CLIENT_REG_CFG;
      case FOR_ASSOCIATION -> profile.parent() == REGISTRATION;
      case FOR_ESPRIM -> profile.parent() == DATA_COLLECTION;
      default -> false;
    };
  }

  /**
   * The clause has the verification of a certificate's profile fail where there are trust anchors
   * below it, which can only mean where there are none.
   */
  private static boolean fitsOrigin(AuthenticationProfile profile) {
    return switch (originOf(profile)) {
      case PRE_PROVISIONED -> !profile.symmKeyId().isEmpty();
      case BY_MEF -> profile.hasKeyRegDuration() && profile.children().contains(MEF_CLIENT_REG_CFG);
      case BY_MAF -> profile.hasKeyRegDuration() && profile.children().contains(MAF_CLIENT_REG_CFG);
      case CERTIFICATE ->
          !profile.certificate().isEmpty() && profile.children().contains(TRUST_ANCHOR_CRED);
      default -> false;
    };
  }

  /**
   * Keys for ESPrim open no (D)TLS session; certificates name their suite whatever they are for.
   */
  private static boolean fitsSuites(AuthenticationProfile profile) {
    if (originOf(profile) == CERTIFICATE) {
      return profile.cipherSuites().contains(MANDATORY_CERTIFICATE_SUITE);
    }
    return profile.suid() % 10 == FOR_ESPRIM
        || profile.cipherSuites().contains(MANDATORY_PSK_SUITE);
  }
}
