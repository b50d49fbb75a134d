// SPDX-License-Identifier: EPL-2.0
package org.mooring.common.command;

/** Objects that an MO_NODE command may name, sec:objectTypeID (TS-0003 clause 12.3.2.7). */
public enum ObjectType implements Coded {
  AUTHENTICATION_PROFILE(1, "authenticationProfile"),
  TRUST_ANCHOR_CRED(2, "trustAnchorCred"),
  MAF_CLIENT_REG_CFG(3, "MAFClientRegCfg");

  private final int code;
  private final String text;

  ObjectType(int code, String text) {
    this.code = code;
    this.text = text;
  }

  @Override
  public int code() {
    return code;
  }

  /** The name of the {@code <mgmtObj>} specialization (TS-0022). */
  public String text() {
    return text;
  }
}
