// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import org.eclipse.californium.core.coap.CoAP;

/** CoAP codes as numbers of three digits, class and detail. */
final class CoapCodes {
  private static final int DETAIL_BITS = 5;
  private static final int CLASS = 100;

  private CoapCodes() {}

  static CoAP.ResponseCode of(int code) {
    return CoAP.ResponseCode.valueOf((code / CLASS) << DETAIL_BITS | code % CLASS);
  }

  static int of(CoAP.ResponseCode code) {
    return code.codeClass * CLASS + code.codeDetail;
  }
}
