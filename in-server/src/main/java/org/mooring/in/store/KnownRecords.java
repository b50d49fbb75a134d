// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.Optional;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;

/** Records of clients that need not be read from the database. */
interface KnownRecords {
  Optional<ClientRecord> ofClient(EntityId client);

  /** The record that answers for an identity. */
  Optional<ClientRecord> holding(KeyIdentifier identity);
}
