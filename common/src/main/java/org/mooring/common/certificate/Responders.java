// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Which certificates name an OCSP responder, in their authorityInfoAccess (RFC 5280 clause
 * 4.2.2.1):
 *
 * <pre>
 * SEQUENCE OF SEQUENCE { accessMethod OBJECT IDENTIFIER, accessLocation GeneralName }
 * </pre>
 */
public final class Responders {
  private static final String AUTHORITY_INFO_ACCESS = "1.3.6.1.5.5.7.1.1";
  private static final String OCSP = "1.3.6.1.5.5.7.48.1";

  private Responders() {}

  /** Whether a certificate names one. An extension that can not be read names none. */
  public static boolean isNamedIn(X509Certificate certificate) {
    byte @Nullable [] extension = certificate.getExtensionValue(AUTHORITY_INFO_ACCESS);
    return extension != null && hasOcsp(extension);
  }

  private static boolean hasOcsp(byte[] extension) {
    try {
      DerReader descriptions = DerReader.of(DerReader.of(extension).octetString()).sequence();
      while (descriptions.hasNext()) {
        if (descriptions.sequence().objectIdentifier().equals(OCSP)) {
          return true;
        }
      }
      return false;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
