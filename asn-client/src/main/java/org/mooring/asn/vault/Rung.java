// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/**
 * The rungs of the ladder of credentials, the lowest first. A node whose credential on one rung no
 * longer fits makes a new one with the credential below.
 */
public enum Rung {
  /** Kpm, a certificate or a USIM, toward the MEF. */
  BOOTSTRAP,
  /** The certificate that the MEF had issued, toward the MEF. */
  CERTIFICATE,
  /**
   * Ke under KeId: toward the MAF (usage 21) or straight to the CSE (usage 22). With a USIM it is
   * Ks under its B-TID.
   */
  ENROLMENT,
  /**
   * Km under KmId, toward the MAF; the lowest one of a node that came with it, or with a
   * certificate or public key for the MAF.
   */
  MAF,
  /** Kc, toward the registrar; or the Kpsa, certificate or public key that the node came with. */
  ASSOCIATION
}
