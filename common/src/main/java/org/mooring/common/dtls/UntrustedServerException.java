// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.dtls;

import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertDescription;
import org.eclipse.californium.scandium.dtls.AlertMessage.AlertLevel;
import org.eclipse.californium.scandium.dtls.HandshakeException;

/** This client refused the server's certificate; the server hears {@code bad_certificate} alone. */
final class UntrustedServerException extends HandshakeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one line
   */
  UntrustedServerException(String reason) {
    super(reason, new AlertMessage(AlertLevel.FATAL, AlertDescription.BAD_CERTIFICATE));
  }
}
