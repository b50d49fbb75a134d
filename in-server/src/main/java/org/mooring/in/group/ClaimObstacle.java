// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.group;

import org.mooring.common.identifier.GroupDevice;

/** Why a device does not become an enrolee; the device itself is never told which. */
public enum ClaimObstacle {
  NO_GROUP(ClaimObstacle.UNKNOWN),
  REVOKED("group %s was revoked: add the device with 'enrolee add'"),
  EXPIRED("group %s expired: 'group change %1$s --expires' prolongs it"),
  LIMIT_REACHED("group %s reached its claim limit: 'group change %1$s --claim-limit' raises it"),
  NOT_LISTED("device %2$s is not on the list of group %1$s: 'group approve %1$s %2$s' adds it"),
  DENIED("device %2$s of group %1$s was denied: 'group approve %1$s %2$s' lets it in"),
  CLAIMED_BEFORE("device %2$s of group %1$s claimed before: add it with 'enrolee add'"),
  TOO_MANY_WAIT("as many devices of group %s wait as may claim: 'group approve' or deny some"),
  WAITS("device %2$s waits for 'group approve %1$s %2$s'");

  /** What is recorded of an identity that nobody has. */
  static final String UNKNOWN = "unknown identity";

  private final String reason;

  ClaimObstacle(String reason) {
    this.reason = reason;
  }

  /** The reason and the operator's remedy, one line. */
  public String reason(GroupDevice device) {
    return String.format(reason, device.group(), device.device());
  }
}
