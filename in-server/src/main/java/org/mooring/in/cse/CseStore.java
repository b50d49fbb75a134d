// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.cse;

import org.mooring.in.transaction.Transaction;

/** What one transaction offers to the CSE's procedures. */
public interface CseStore extends Transaction {
  ResourceRepository resources();
}
