// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.vault;

/** How far a node has come. */
public enum NodeStage {
  /** Nothing but the bootstrap credential. */
  FACTORY,
  /** It holds Ke. */
  ENROLLED,
  /** It holds Km, and is registered with the MAF unless it came with that. */
  AUTHENTICATED,
  /** It holds Kc. */
  ASSOCIATED,
  /** Its {@code <remoteCSE>} stands at the registrar. */
  REGISTERED
}
