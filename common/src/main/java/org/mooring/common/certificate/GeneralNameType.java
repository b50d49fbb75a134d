// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.certificate;

/** The kinds of GeneralName by their tags (RFC 5280 clause 4.2.1.6). */
final class GeneralNameType {
  static final Integer OTHER_NAME = 0;
  static final Integer DNS_NAME = 2;
  static final Integer URI = 6;

  private GeneralNameType() {}
}
