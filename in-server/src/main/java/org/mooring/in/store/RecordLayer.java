// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * Records that one unit of work, or those of one commit, read or changed. They hide what was known
 * below of the same clients.
 */
final class RecordLayer implements KnownRecords {
  private final KnownRecords below;
  private final Map<EntityId, ClientRecord> records = new HashMap<>();
  private final Map<KeyIdentifier, EntityId> clients = new HashMap<>();
  private final Set<EntityId> changedUnread = new HashSet<>();

  RecordLayer(KnownRecords below) {
    this.below = below;
  }

  @Override
  public Optional<ClientRecord> ofClient(EntityId client) {
    @Nullable ClientRecord own = records.get(client);
    if (own != null) {
      return Optional.of(own);
    }
    return changedUnread.contains(client) ? Optional.empty() : below.ofClient(client);
  }

  @Override
  public Optional<ClientRecord> holding(KeyIdentifier identity) {
    @Nullable EntityId client = clients.get(identity);
    if (client != null) {
      return Optional.ofNullable(records.get(client));
    }
    return below.holding(identity).filter(record -> !isHidden(record.client()));
  }

  private boolean isHidden(EntityId client) {
    return records.containsKey(client) || changedUnread.contains(client);
  }

  void put(ClientRecord record) {
    changedUnread.remove(record.client());
    drop(record.client());
    records.put(record.client(), record);
    record.forEachIdentity(identity -> clients.put(identity, record.client()));
  }

  /**
   * Notes that rows of a client were changed whose record was not read: what others read before is
   * not to be known any longer.
   */
  void changedUnread(EntityId client) {
    drop(client);
    changedUnread.add(client);
  }

  private void drop(EntityId client) {
    @Nullable ClientRecord before = records.remove(client);
    if (before != null) {
      before.forEachIdentity(clients::remove);
    }
  }

  /** Takes what another layer has. */
  void take(RecordLayer other) {
    other.records.values().forEach(this::put);
    other.changedUnread.forEach(this::changedUnread);
  }

  /** The clients whose rows were changed and whose records are not here. */
  Set<EntityId> changedUnread() {
    return Set.copyOf(changedUnread);
  }

  /** What was put here. */
  Collection<ClientRecord> records() {
    return List.copyOf(records.values());
  }
}
