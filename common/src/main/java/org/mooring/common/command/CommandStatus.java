// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import java.util.Optional;

/**
 * The status codes of MEF client commands, sec:cmdStatusCode, without their common prefix {@code
 * MEF_CLIENT_CMD_} (TS-0003 clauses 8.3.9.5 and 12.3.2.4).
 */
public enum CommandStatus implements Coded {
  /** The MEF issues the command for the first time. */
  ISSUED(10),
  /** The MEF issued it before and heard nothing of it. */
  REISSUED(11),
  OK(20),
  /** The cmdID is the one that the client reported on last. */
  REPEATED_CMD_ID(40),
  CLASS_NOT_SUPPORTED(41),
  /** cmdArgs could not be parsed. */
  BAD_ARGUMENTS(42),
  /** cmdArgs were parsed, and one of them is not acceptable. */
  UNACCEPTABLE_ARGUMENTS(43),
  /** The certificate server did not answer, or failed. */
  CERT_PROV_SERVER_ERROR(100),
  CERT_PROV_CLIENT_ERROR(101),
  /** The device management server did not answer, or failed. */
  DEV_CFG_SERVER_ERROR(201),
  DEV_CFG_CLIENT_ERROR(202),
  /** Nothing stands at objectPath. */
  MO_NODE_NOT_FOUND(300),
  /** What stands there is not of objectTypeID. */
  MO_NODE_TYPE_CONFLICT(301),
  /** objectTypeSpecificArgs could not be parsed. */
  MO_NODE_BAD_ARGS(302),
  /** objectTypeSpecificArgs do not fit the object. */
  MO_NODE_UNACCEPTABLE_ARGS(303),
  /** The object does not fit its parent, its children or its own attributes. */
  MO_NODE_INCONSISTENT_CONFIG(304),
  /** The text's name; the schema calls it EXECUTION_ERROR. */
  MO_NODE_PROCESSING_FAILED(305);

  private final int code;

  CommandStatus(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }

  /** Whether a client reports it; the other two are the MEF's. */
  public boolean isOfClient() {
    return this != ISSUED && this != REISSUED;
  }

  /** The status with a code; empty where there is none. */
  public static Optional<CommandStatus> of(long code) {
    return Coded.of(CommandStatus.class, code);
  }
}
