// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import org.mooring.common.certificate.ResponderCheck.Status;

/** What counts where a certificate names an OCSP responder. */
public enum OcspMode {
  /** It is not asked. */
  OFF,
  /** It is asked, and a certificate holds unless it tells of its revocation. */
  SOFT,
  /** It is asked, and a certificate holds only if it tells so. */
  HARD;

  /** Whether a certificate of which a responder told this may pass. */
  public boolean accepts(Status status) {
    return switch (this) {
      case OFF -> true;
      case SOFT -> status != Status.REVOKED;
      case HARD -> status == Status.GOOD;
    };
  }
}
