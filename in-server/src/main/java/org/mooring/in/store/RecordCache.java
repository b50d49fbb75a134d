// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mooring.common.identifier.EntityId;
import org.mooring.common.identifier.KeyIdentifier;

/**
 * The committed records of the clients that were asked for last. A client walks through MEF, MAF
 * and CSE within a second or so: what its first handshake read serves the rest.
 *
 * <p>The writer puts what it committed before anyone hears of the commit. A reader puts what it
 * read from a snapshot, unless that may be older than a commit: a record that the commit changed is
 * here already, or fell, which {@link #newestFallen} remembers.
 */
final class RecordCache implements KnownRecords {
  /** A client that registers key after key is read anew each time: memory has a bound. */
  static final int MOST_ROWS = 100;

  private final int bound;
  private final Map<EntityId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<KeyIdentifier, EntityId> clients = new HashMap<>();
  private long commits;
  private long newestFallen;

  /** A record with the number of the commit after which it was known to hold. */
  private record Entry(ClientRecord record, long commit) {}

  /**
   * @param bound the most records; 0 keeps none, where others write to the same database
   */
  RecordCache(int bound) {
    this.bound = bound;
  }

  /** Whether what one unit of work knew is good for the next: nobody else writes. */
  boolean outlivesUnits() {
    return bound > 0;
  }

  /**
   * The number of the last commit whose changes are here: to be asked before a snapshot is read.
   */
  synchronized long commits() {
    return commits;
  }

  @Override
  public synchronized Optional<ClientRecord> ofClient(EntityId client) {
    return Optional.ofNullable(entries.get(client)).map(Entry::record);
  }

  @Override
  public synchronized Optional<ClientRecord> holding(KeyIdentifier identity) {
    @Nullable EntityId client = clients.get(identity);
    return client == null ? Optional.empty() : ofClient(client);
  }

  /**
   * Takes what a commit changed or read. Records of clients that it changed without reading them
   * fall: a reader may have put them here meanwhile, or be about to.
   */
  synchronized void committed(RecordLayer layer) {
    commits++;
    layer.records().forEach(record -> put(new Entry(record, commits)));
    layer.changedUnread().forEach(this::fall);
  }

  /** Knows nothing any longer: whether a commit holds is uncertain. */
  synchronized void clear() {
    entries.clear();
    clients.clear();
    newestFallen = ++commits;
  }

  private void fall(EntityId client) {
    drop(client);
    newestFallen = commits;
  }

  private void drop(EntityId client) {
    @Nullable Entry entry = entries.remove(client);
    if (entry != null) {
      entry.record().forEachIdentity(clients::remove);
    }
  }

  /**
   * Takes what was read from a snapshot.
   *
   * @param before what {@link #commits} gave before the snapshot was taken
   */
  synchronized void read(ClientRecord record, long before) {
    if (!entries.containsKey(record.client()) && newestFallen <= before) {
      put(new Entry(record, before));
    }
  }

  private void put(Entry entry) {
    if (bound == 0) {
      return;
    }
    EntityId client = entry.record().client();
    if (entry.record().rows() > MOST_ROWS) {
      fall(client);
      return;
    }
    drop(client);
    entries.put(client, entry);
    entry.record().forEachIdentity(identity -> clients.put(identity, client));
    if (entries.size() > bound) {
      Entry oldest = entries.values().iterator().next();
      drop(oldest.record().client());
      newestFallen = Math.max(newestFallen, oldest.commit());
    }
  }
}
