// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.primitive;

import java.util.Optional;

/**
 * m2m:responseStatusCode (TS-0004 clause 6.6.3) as far as this project sends or reads it, each with
 * the CoAP code of TS-0008 table 6.2.4-1.
 */
public enum ResponseStatusCode {
  OK(2000, 205),
  CREATED(2001, 201),
  DELETED(2002, 202),
  UPDATED(2004, 204),
  BAD_REQUEST(4000, 400),
  RELEASE_VERSION_NOT_SUPPORTED(4001, 501),
  NOT_FOUND(4004, 404),
  OPERATION_NOT_ALLOWED(4005, 405),
  REQUEST_TIMEOUT(4008, 504),
  UNSUPPORTED_MEDIA_TYPE(4015, 415),
  ORIGINATOR_HAS_NO_PRIVILEGE(4103, 403),
  CONFLICT(4105, 403),
  ORIGINATOR_NOT_AUTHENTICATED(4106, 403),
  SECURITY_ASSOCIATION_REQUIRED(4107, 403),
  INVALID_CHILD_RESOURCE_TYPE(4108, 403),
  ORIGINATOR_HAS_ALREADY_REGISTERED(4117, 403),
  INVALID_TRIGGER_PURPOSE(4122, 402),
  APP_RULE_VALIDATION_FAILED(4126, 403),
  /** Missing from TS-0008's table. */
  SERVICE_SUBSCRIPTION_NOT_ESTABLISHED(4128, 403),
  INTERNAL_SERVER_ERROR(5000, 500),
  NOT_IMPLEMENTED(5001, 501),
  TARGET_NOT_REACHABLE(5103, 404),
  NON_BLOCKING_SYNCH_REQUEST_NOT_SUPPORTED(5206, 501),
  NOT_ACCEPTABLE(5207, 406),
  TRIGGERING_DISABLED_FOR_RECIPIENT(5218, 403);

  private final int code;
  private final int coapCode;

  ResponseStatusCode(int code, int coapCode) {
    this.code = code;
    this.coapCode = coapCode;
  }

  public int code() {
    return code;
  }

  /** The CoAP code as class times 100 plus detail: 403 is 4.03. */
  public int coapCode() {
    return coapCode;
  }

  public boolean isSuccess() {
    return code < 3000;
  }

  public static Optional<ResponseStatusCode> of(long code) {
    for (ResponseStatusCode status : values()) {
      if (status.code == code) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
