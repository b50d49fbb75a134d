// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.usim;

/** A bootstrapping that came to no end; the node tries again with a fresh challenge. */
public final class BootstrappingFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean refusal;

  /**
   * The two ends do not take each other's word.
   *
   * @param reason one line without secrets
   */
  BootstrappingFailedException(String reason) {
    this(reason, true);
  }

  /**
   * @param refusal whether the BSF answered so that the subscription does not fit; not where it was
   *     in trouble of its own
   */
  public BootstrappingFailedException(String reason, boolean refusal) {
    super(reason);
    this.refusal = refusal;
  }

  public boolean isRefusal() {
    return refusal;
  }
}
