// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

/** Protocols that provision certificates, sec:certProvProtocolID (TS-0003 clause 12.3.2.5). */
public enum CertificateProtocol implements Coded {
  /** RFC 7030, over CoAP RFC 9148. */
  EST(1),
  /** RFC 8894. */
  SCEP(2);

  private final int code;

  CertificateProtocol(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
