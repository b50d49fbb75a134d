// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.dns;

import org.mooring.in.transaction.Transaction;

/** What one transaction offers to whoever changes which CSEs have a public domain name. */
public interface PublicNameStore extends Transaction {
  PublicNameRepository publicNames();
}
