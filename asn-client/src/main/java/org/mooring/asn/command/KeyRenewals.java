// SPDX-License-Identifier: EPL-2.0
package org.mooring.asn.command;

import java.util.concurrent.CompletionStage;

/**
 * The procedures of the node's life that an object's processing runs ahead of their time. Each
 * stage completes once the result is stored; it fails where the procedure does, and with a {@link
 * java.util.concurrent.CancellationException} where the node is being stopped.
 */
public interface KeyRenewals {
  /** MEF Key Registration (TS-0003 clause 8.3.5.2.7): a new Ke. */
  CompletionStage<Void> registerKeyAtMef();

  /** MAF Client Registration (TS-0003 clause 8.8.2.3). */
  CompletionStage<Void> registerAtMaf();

  /** MAF Key Registration (TS-0003 clause 8.8.2.7): a new Kc. */
  CompletionStage<Void> registerKeyAtMaf();
}
