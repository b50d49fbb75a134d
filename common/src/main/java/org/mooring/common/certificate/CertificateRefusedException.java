// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

/** Why a certificate does not hold: for the record, never for the peer. */
public final class CertificateRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one line
   */
  public CertificateRefusedException(String reason) {
    super(reason, null, false, false);
  }
}
