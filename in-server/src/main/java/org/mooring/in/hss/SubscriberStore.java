// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.hss;

import org.mooring.in.transaction.Transaction;

/** What one transaction offers to the HSS. */
public interface SubscriberStore extends Transaction {
  SubscriberRepository subscribers();
}
