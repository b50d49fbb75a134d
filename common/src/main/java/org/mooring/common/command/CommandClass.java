// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

import java.util.Optional;

/** The classes of MEF client commands, sec:cmdClassID (TS-0003 clause 12.3.2.3). */
public enum CommandClass implements Coded {
  /** Nothing more to do; come again after a while. */
  NO_MORE_COMMANDS(0),
  /** Get a certificate from the MEF. */
  CERT_PROV(1),
  /** Have a device management server configure the node. */
  DEV_CFG(2),
  /** Process an object that device management has put on the node. */
  MO_NODE(3);

  private final int code;

  CommandClass(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }

  /** The class with a number; empty where there is none. */
  public static Optional<CommandClass> of(long code) {
    return Coded.of(CommandClass.class, code);
  }
}
