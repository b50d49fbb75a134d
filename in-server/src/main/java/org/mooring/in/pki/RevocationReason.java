// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.pki;

import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLReason;

/** Why a certificate ends before its time (RFC 5280 clause 5.3.1), as far as nodes have it. */
public enum RevocationReason {
  UNSPECIFIED("unspecified", CRLReason.unspecified),
  KEY_COMPROMISE("keyCompromise", CRLReason.keyCompromise),
  AFFILIATION_CHANGED("affiliationChanged", CRLReason.affiliationChanged),
  SUPERSEDED("superseded", CRLReason.superseded),
  CESSATION_OF_OPERATION("cessationOfOperation", CRLReason.cessationOfOperation);

  private final String text;
  private final int code;

  RevocationReason(String text, int code) {
    this.text = text;
    this.code = code;
  }

  public static Optional<RevocationReason> of(String text) {
    for (RevocationReason reason : values()) {
      if (reason.text.equals(text)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }

  /** Its name in RFC 5280. */
  public String text() {
    return text;
  }

  int code() {
    return code;
  }
}
