// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.mef;

import java.util.Locale;
import java.util.Optional;

/** By which of its names a node's certificate names it (TS-0003 clause 8.1.2). */
public enum CertificateKind {
  /** A CSE-ID certificate: the CSE-ID's public domain name, exactly. */
  CSE_ID,
  /** An AE-ID certificate: the absolute AE-ID as a URI, exactly. */
  AE_ID,
  /** A Node-ID certificate: the M2M-Node-ID, exactly. */
  NODE_ID,
  /** A device certificate: the hardware instance identifier, exactly. */
  DEVICE;

  /** Its form in orders and on command lines. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<CertificateKind> of(String text) {
    for (CertificateKind kind : values()) {
      if (kind.text().equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
