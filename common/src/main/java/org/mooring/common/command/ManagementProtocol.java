// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

/** Device management protocols, sec:devMgmtID (TS-0003 clause 12.3.2.2). */
public enum ManagementProtocol implements Coded {
  OMA_DM_1_3(1),
  OMA_DM_2_0(2),
  LWM2M(3),
  TR_069(4);

  private final int code;

  ManagementProtocol(int code) {
    this.code = code;
  }

  @Override
  public int code() {
    return code;
  }
}
