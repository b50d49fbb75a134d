// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * Records that one unit of work, or those of one commit, read or changed. They hide what was known
 * below of the same clients.
 */
final class RecordLayer implements KnownRecords {
  private final KnownRecords below;
  private final Map<CseId, ClientRecord> records = new HashMap<>();
  private final Map<KeyIdentifier, CseId> clients = new HashMap<>();

  RecordLayer(KnownRecords below) {
    this.below = below;
  }

  @Override
  public Optional<ClientRecord> ofClient(CseId client) {
    @Nullable ClientRecord own = records.get(client);
    return own != null ? Optional.of(own) : below.ofClient(client);
  }

  @Override
  public Optional<ClientRecord> holding(KeyIdentifier identity) {
    @Nullable CseId client = clients.get(identity);
    if (client != null) {
      return Optional.ofNullable(records.get(client));
    }
    return below.holding(identity).filter(record -> !records.containsKey(record.client()));
  }

  void put(ClientRecord record) {
    @Nullable ClientRecord before = records.put(record.client(), record);
    if (before != null) {
      before.forEachIdentity(clients::remove);
    }
    record.forEachIdentity(identity -> clients.put(identity, record.client()));
  }

  /** What was put here. */
  Collection<ClientRecord> records() {
    return List.copyOf(records.values());
  }
}
