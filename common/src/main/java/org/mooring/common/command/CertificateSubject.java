// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

/** Whom a certificate is for, sec:certSubjectType (TS-0003 clause 12.3.2.6). */
public enum CertificateSubject implements Coded {
  NODE(1),
  CSE(2),
  AE(3);

  private final int code;

  CertificateSubject(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
