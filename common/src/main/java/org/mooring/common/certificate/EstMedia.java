// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

import java.util.List;

/** The numbers and names under which EST goes over CoAP (RFC 9148 clauses 4.1 and 4.3). */
public final class EstMedia {
  /** Content-Format of {@link CertsOnly}. */
  public static final int CERTS_ONLY = 281;

  /** Content-Format of attributes that a server wants in requests. */
  public static final int CSR_ATTRIBUTES = 285;

  /** Content-Format of a certification request (PKCS#10, RFC 2986) in DER. */
  public static final int PKCS10 = 286;

  /** Content-Format of one certificate in DER. */
  public static final int CERTIFICATE = 287;

  /** Where every EST server serves. */
  public static final List<String> WELL_KNOWN = List.of(".well-known", "est");

  /** CA certificates. */
  public static final String CA_CERTIFICATES = "crts";

  /** Attributes that the server wants in requests. */
  public static final String ATTRIBUTES = "att";

  /** Simple enrolment. */
  public static final String SIMPLE_ENROL = "sen";

  /** Simple re-enrolment. */
  public static final String SIMPLE_RE_ENROL = "sren";

  private EstMedia() {}
}
