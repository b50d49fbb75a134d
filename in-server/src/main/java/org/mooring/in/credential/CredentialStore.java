// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.credential;

import org.mooring.in.subscription.ImpliedRules;
import org.mooring.in.transaction.Transaction;

/** What one transaction offers to the procedures on credentials. */
public interface CredentialStore extends Transaction {
  CredentialRepository credentials();

  /** What credentials are let do by the service subscription. */
  ImpliedRules impliedRules();
}
