// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/** Where a node holds a registration of its own. */
public enum Function {
  /** {@code <mefClientReg>}. */
  MEF,
  /** {@code <mafClientReg>}. */
  MAF,
  /** {@code <remoteCSE>} at the registrar. */
  CSE
}
