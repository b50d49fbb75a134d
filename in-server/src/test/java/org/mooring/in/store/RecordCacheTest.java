// SPDX-License-Identifier: EPL-2.0
package org.mooring.in.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mooring.common.identifier.CseId;
import org.mooring.common.identifier.KeyIdentifier;
import org.mooring.in.credential.Credential;
import org.mooring.in.provider.FunctionRole;
import org.mooring.in.store.ClientRecord.HeldCredential;

class RecordCacheTest {
  private final RecordCache cache = new RecordCache(2);

  private static KeyIdentifier key(String name) {
    return KeyIdentifier.parse(name + "@mef.sp.example.org");
  }

  private static CseId client(int number) {
    return new CseId("//sp.example.org/asn-" + number);
  }

  /** A record with one credential. */
  private static ClientRecord record(int number, String credential) {
    Credential held =
        new Credential(
            key(credential),
            Credential.Kind.KPM,
            FunctionRole.MEF,
            client(number),
            key(credential),
            "a line",
            Credential.Status.CURRENT,
            Instant.MAX);
    return new ClientRecord(
        client(number),
        Optional.empty(),
        List.of(new HeldCredential(held, null, Instant.EPOCH)),
        List.of(),
        List.of());
  }

  private static RecordLayer layer(ClientRecord... records) {
    RecordLayer layer = new RecordLayer(new RecordCache(0));
    List.of(records).forEach(layer::put);
    return layer;
  }

  private void commit(ClientRecord... records) {
    cache.committed(layer(records));
  }

  @Test
  void aRecordIsFoundByItsClientAndItsIdentities() {
    ClientRecord one = record(1, "a");
    commit(one);
    assertThat(cache.ofClient(client(1))).contains(one);
    assertThat(cache.holding(key("a"))).contains(one);
    assertThat(cache.holding(key("b"))).isEmpty();
  }

  @Test
  void aLaterRecordLeavesNoIdentityOfTheEarlier() {
    commit(record(1, "a"));
    commit(record(1, "b"));
    assertThat(cache.holding(key("a"))).isEmpty();
    assertThat(cache.holding(key("b"))).isPresent();
  }

  @Test
  void theOneThatWasAskedForLongestAgoFalls() {
    commit(record(1, "a"), record(2, "b"));
    assertThat(cache.ofClient(client(1))).isPresent();
    commit(record(3, "c"));
    assertThat(cache.ofClient(client(2))).isEmpty();
    assertThat(cache.holding(key("b"))).isEmpty();
    assertThat(cache.holding(key("a"))).isPresent();
  }

  @Test
  void aSnapshotNeverHidesACommit() {
    long before = cache.commits();
    commit(record(1, "new"));
    cache.read(record(1, "old"), before);
    assertThat(cache.holding(key("new"))).isPresent();
    assertThat(cache.holding(key("old"))).isEmpty();
  }

  @Test
  void aSnapshotNeverTakesThePlaceOfACommitThatFell() {
    long before = cache.commits();
    commit(record(1, "new"));
    commit(record(2, "b"), record(3, "c"));
    cache.read(record(1, "old"), before);
    assertThat(cache.ofClient(client(1))).isEmpty();
    cache.read(record(1, "new"), cache.commits());
    assertThat(cache.holding(key("new"))).isPresent();
  }

  @Test
  void whatAReaderPutWhileTheClientWasChangedUnreadFalls() {
    long before = cache.commits();
    RecordLayer layer = new RecordLayer(cache);
    layer.changedUnread(client(1));
    cache.read(record(1, "old"), before);
    assertThat(layer.ofClient(client(1))).isEmpty();
    assertThat(layer.holding(key("old"))).isEmpty();
    cache.committed(layer);
    assertThat(cache.ofClient(client(1))).isEmpty();
    assertThat(cache.holding(key("old"))).isEmpty();
  }

  @Test
  void whatAReaderPutsAfterTheClientWasChangedUnreadIsNotTaken() {
    long before = cache.commits();
    RecordLayer layer = new RecordLayer(cache);
    layer.changedUnread(client(1));
    cache.committed(layer);
    cache.read(record(1, "old"), before);
    assertThat(cache.ofClient(client(1))).isEmpty();
    cache.read(record(1, "new"), cache.commits());
    assertThat(cache.holding(key("new"))).isPresent();
  }

  @Test
  void aUnitThatReadsWhatItChangedKeepsIt() {
    RecordLayer unit = new RecordLayer(cache);
    unit.changedUnread(client(1));
    unit.put(record(1, "a"));
    RecordLayer batch = new RecordLayer(cache);
    batch.take(unit);
    cache.committed(batch);
    assertThat(cache.holding(key("a"))).isPresent();
  }

  @Test
  void nothingIsKnownOnceACommitIsUncertain() {
    long before = cache.commits();
    commit(record(1, "a"));
    cache.clear();
    assertThat(cache.ofClient(client(1))).isEmpty();
    assertThat(cache.holding(key("a"))).isEmpty();
    cache.read(record(1, "a"), before);
    assertThat(cache.ofClient(client(1))).isEmpty();
  }

  @Test
  void aRecordWithTooManyRowsIsNotKept() {
    commit(record(1, "a"));
    ClientRecord grown = record(1, "a");
    for (int i = 0; i < RecordCache.MOST_ROWS; i++) {
      grown = grown.with(record(1, "key-" + i).credentials().get(0));
    }
    commit(grown);
    assertThat(cache.ofClient(client(1))).isEmpty();
    assertThat(cache.holding(key("a"))).isEmpty();
  }

  @Test
  void whereOthersWriteNothingIsKept() {
    RecordCache none = new RecordCache(0);
    none.committed(layer(record(1, "a")));
    none.read(record(2, "b"), none.commits());
    assertThat(none.outlivesUnits()).isFalse();
    assertThat(none.ofClient(client(1))).isEmpty();
    assertThat(none.ofClient(client(2))).isEmpty();
  }
}
