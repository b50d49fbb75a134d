// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.est;

import java.time.Duration;

/** Every reason to refuse an EST request: its CoAP code and what to do about it. */
public enum EstRefusal {
  NO_SUCH_PATH(404, "use crts, att, sen or sren"),
  WRONG_METHOD(405, "GET crts and att, POST sen and sren"),
  NOT_ACCEPTABLE(406, "accept content format 281 or 287, of att 285"),
  WRONG_MEDIA_TYPE(415, "send a certification request, content format 286"),
  MALFORMED_REQUEST(400, "send a certification request (PKCS#10) in DER, signed with its own key"),
  WRONG_CHALLENGE(
      400,
      "leave challengePassword out or send the tls-exporter binding of this session in base64"),
  ANOTHER_NAME(403, "ask for the one name that the provider assigned to this node, or for none"),
  NOT_AN_ENROLEE(403, "open a session with the MEF, by a bootstrap credential or a certificate"),
  CREDENTIAL_ENDED(403, "authenticate again: the credential expired or was revoked"),
  METHOD_NOT_ACCEPTED(
      403, "enrol with another credential: the provider does not take this method from this node"),
  NAME_REVOKED(403, "ask the provider: certificates of this name were revoked"),
  NAME_OF_ANOTHER_CREDENTIAL(
      403,
      "open the session with the credential that certificates of this name go back to, or have the"
          + " provider remove that one"),
  NO_CERTIFICATE_SHOWN(403, "open the session with the certificate that is to be renewed"),
  NOT_RENEWABLE(403, "use simple enrolment: the certificate shown is none of this CA, or revoked"),
  TOO_MANY(429, "wait as long as Max-Age says"),
  BUSY(503, "try again after Max-Age"),
  CA_UNUSABLE(500, "try again later; the server's log has the reason");

  private final int coapCode;
  private final String remedy;

  EstRefusal(int coapCode, String remedy) {
    this.coapCode = coapCode;
    this.remedy = remedy;
  }

  /** Class times 100 plus detail; 403 is 4.03. */
  public int coapCode() {
    return coapCode;
  }

  /** An exception with this refusal. */
  public EstRefusedException asException() {
    return new EstRefusedException(this, remedy, Duration.ZERO);
  }

  /**
   * An exception with this refusal.
   *
   * @param wait how long until another try may succeed
   */
  public EstRefusedException after(Duration wait) {
    return new EstRefusedException(this, remedy, wait);
  }

  /** An exception with this refusal, and what was found at fault. */
  public EstRefusedException because(String detail) {
    return new EstRefusedException(this, remedy + " (" + detail + ")", Duration.ZERO);
  }
}
