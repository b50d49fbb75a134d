// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

/** A bootstrapping that came to no end; the node tries again with a fresh challenge. */
public final class BootstrappingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one line without secrets
   */
  public BootstrappingFailedException(String reason) {
    super(reason);
  }
}
